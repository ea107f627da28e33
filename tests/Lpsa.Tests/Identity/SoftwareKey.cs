using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lpsa.Tests;

/// <summary>
/// An authenticator in software (WebAuthn level 3, ES256, no attestation) that can also lie, as no browser would let it.
/// </summary>
internal sealed class SoftwareKey : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasCredential = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string userHandle = "";
    private uint count;

    public string Id => Base64Url.EncodeToString(id);
    public string Origin { get; set; } = "http://localhost";
    public string Site { get; set; } = "localhost";
    public bool KnowsItsOwner { get; set; } = true;

    /// <summary>The answer to <c>navigator.credentials.create</c> with these options.</summary>
    public string Create(string optionsJson)
    {
        using var options = JsonDocument.Parse(optionsJson);
        userHandle = options.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(Data(HasCredential, [.. new byte[16], 0, 32, .. id, .. PublicKey()]));
        attestation.WriteEndMap();
        return Credential(
            new
            {
                clientDataJSON = Base64Url.EncodeToString(Client("webauthn.create", options)),
                attestationObject = Base64Url.EncodeToString(attestation.Encode()),
                transports = (string[])["internal"],
            }
        );
    }

    /// <summary>The answer to <c>navigator.credentials.get</c> with these options.</summary>
    public string Get(string optionsJson, string? asUser = null)
    {
        using var options = JsonDocument.Parse(optionsJson);
        count++;
        var (data, client) = (Data(0, []), Client("webauthn.get", options));
        var signed = key.SignData(
            [.. data, .. SHA256.HashData(client)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Credential(
            new
            {
                clientDataJSON = Base64Url.EncodeToString(client),
                authenticatorData = Base64Url.EncodeToString(data),
                signature = Base64Url.EncodeToString(signed),
                userHandle = asUser ?? userHandle,
            }
        );
    }

    public void Dispose() => key.Dispose();

    private string Credential(object response) =>
        JsonSerializer.Serialize(
            new
            {
                id = Id,
                rawId = Id,
                type = "public-key",
                authenticatorAttachment = "platform",
                clientExtensionResults = new { },
                response,
            }
        );

    private byte[] Data(byte flags, byte[] rest)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, count);
        flags |= (byte)(UserPresent | (KnowsItsOwner ? UserVerified : 0));
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Site)), flags, .. counter, .. rest];
    }

    private byte[] Client(string type, JsonDocument options) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type,
                challenge = options.RootElement.GetProperty("challenge").GetString(),
                origin = Origin,
                crossOrigin = false,
            }
        );

    private byte[] PublicKey()
    {
        var point = key.ExportParameters(false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        cose.WriteInt32(1);
        cose.WriteInt32(2);
        cose.WriteInt32(3);
        cose.WriteInt32(-7);
        cose.WriteInt32(-1);
        cose.WriteInt32(1);
        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return cose.Encode();
    }
}
