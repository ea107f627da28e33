using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

/// <summary>A random key that never leaves the database but in a backup.</summary>
public sealed class SecretKey
{
    public string Name { get; private set; } = "";
    public byte[] Value { get; private set; } = [];

    internal static SecretKey Make(string name) => new() { Name = name, Value = RandomNumberGenerator.GetBytes(32) };

    internal sealed class Map : IEntityTypeConfiguration<SecretKey>
    {
        public void Configure(EntityTypeBuilder<SecretKey> entity)
        {
            entity.ToTable("secret_keys");
            entity.HasKey(k => k.Name);
        }
    }
}

/// <summary>
/// Links that open one person's choices from any mail, years later, without a password; and hashes of addresses. Nothing
/// of a link is stored: it is the member's id and link version under HMAC-SHA-256, cut to 128 bits.
/// </summary>
public sealed class MemberSecrets
{
    private const int IdBytes = 16;
    private const int VersionBytes = 2;
    private const int MacBytes = 16;

    private volatile byte[]? key;

    /// <summary>46 characters of base64url.</summary>
    public async Task<string> LinkOf(PlatformDb db, Member member, CancellationToken cancel)
    {
        var token = new byte[IdBytes + VersionBytes + MacBytes];
        member.Id.TryWriteBytes(token);
        BitConverter.TryWriteBytes(token.AsSpan(IdBytes), (ushort)member.LinkVersion);
        var secret = await Key(db, cancel);
        Mac("link", token.AsSpan(0, IdBytes + VersionBytes), secret)
            .AsSpan(0, MacBytes)
            .CopyTo(token.AsSpan(IdBytes + VersionBytes));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The member a link is for, with interests and periods; null when it was made up or made useless.</summary>
    public async Task<Member?> Open(PlatformDb db, string link, CancellationToken cancel)
    {
        var token = new byte[IdBytes + VersionBytes + MacBytes];
        if (
            link.Length > 64
            || !Base64Url.IsValid(link)
            || !Base64Url.TryDecodeFromChars(link, token, out var length)
            || length != token.Length
        )
            return null;
        var secret = await Key(db, cancel);
        var expected = Mac("link", token.AsSpan(0, IdBytes + VersionBytes), secret).AsSpan(0, MacBytes);
        if (!CryptographicOperations.FixedTimeEquals(expected, token.AsSpan(IdBytes + VersionBytes)))
            return null;
        var (id, version) = (new Guid(token.AsSpan(0, IdBytes)), (int)BitConverter.ToUInt16(token, IdBytes));
        return await Find(id, version)
            ?? (await SecondAddress.Opens(db, id, version, cancel) is { } way ? await Find(way.Id, way.Version) : null);

        Task<Member?> Find(Guid member, int ofVersion) =>
            db.Set<Member>()
                .Include(m => m.Interests)
                .Include(m => m.Periods)
                .SingleOrDefaultAsync(m => m.Id == member && m.LinkVersion == ofVersion, cancel);
    }

    /// <summary>By which a suppressed address is found again: HMAC-SHA-256 in hexadecimal.</summary>
    public async Task<string> HashOf(PlatformDb db, string email, CancellationToken cancel)
    {
        var secret = await Key(db, cancel);
        return Convert.ToHexStringLower(Mac("address", Encoding.UTF8.GetBytes(Account.KeyOf(email)), secret));
    }

    /// <summary>The same for many, reading the key once; also inside a transaction, where it is not remembered.</summary>
    public async Task<IReadOnlyList<string>> HashesOf(
        PlatformDb db,
        IReadOnlyList<string> emails,
        CancellationToken cancel
    )
    {
        var secret = await Key(db, cancel);
        return
        [
            .. emails.Select(e =>
                Convert.ToHexStringLower(Mac("address", Encoding.UTF8.GetBytes(Account.KeyOf(e)), secret))
            ),
        ];
    }

    /// <summary>For a file that moves members to another database: with it their links and the hashes go on working.</summary>
    internal Task<byte[]> Reveal(PlatformDb db, CancellationToken cancel) => Key(db, cancel);

    /// <summary>Takes the key of such a file; only where nothing depends on the own one yet.</summary>
    internal Task Adopt(PlatformDb db, byte[] moved, CancellationToken cancel)
    {
        key = null;
        return db.Database.ExecuteSqlAsync(
            $"INSERT INTO secret_keys (name, value) VALUES ('members', {moved}) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            cancel
        );
    }

    private static byte[] Mac(string purpose, ReadOnlySpan<byte> text, byte[] key)
    {
        var derived = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(purpose));
        return HMACSHA256.HashData(derived, text);
    }

    private async Task<byte[]> Key(PlatformDb db, CancellationToken cancel)
    {
        if (key is { } known)
            return known;
        const string name = "members";
        var made = SecretKey.Make(name);
        // Of two nodes that make one in the same moment the first wins, and both read what it wrote.
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO secret_keys (name, value) VALUES ({made.Name}, {made.Value}) ON CONFLICT (name) DO NOTHING",
            cancel
        );
        var stored = await db.Set<SecretKey>()
            .AsNoTracking()
            .Where(k => k.Name == name)
            .Select(k => k.Value)
            .SingleAsync(cancel);
        // Made in a transaction that is rolled back, it would never have been.
        if (db.Database.CurrentTransaction is null)
            key = stored;
        return stored;
    }
}
