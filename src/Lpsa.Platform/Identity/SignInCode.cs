using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>
/// The code beside a link in the same mail, for people whose mail opens on another device. It works only in the
/// browser that asked: a code read over somebody's shoulder is of no use elsewhere. It is used up with its link.
/// </summary>
public sealed class SignInCode
{
    /// <summary>Wrong tries end the code; five in 32⁸ is no chance at all.</summary>
    public const int MostTries = 5;

    /// <summary>Digits and capitals without 0, 1, I and O, which people mix up.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int Length = 8;

    /// <summary>Hash of the secret that the cookie of the asking browser holds.</summary>
    public string BrowserHash { get; private set; } = "";
    public string TokenHash { get; private set; } = "";
    public string CodeHash { get; private set; } = "";
    public int Tries { get; private set; }

    /// <returns>The row to store and the code as it is written in the mail: <c>ABCD-2345</c>.</returns>
    public static (SignInCode Row, string Code) Make(SignInLink link, string browserHash)
    {
        var code = RandomNumberGenerator.GetString(Alphabet, Length);
        var row = new SignInCode
        {
            BrowserHash = browserHash,
            TokenHash = link.TokenHash,
            CodeHash = HashOf(browserHash, code),
        };
        return (row, $"{code[..4]}-{code[4..]}");
    }

    /// <summary>A secret for the cookie of a browser that asks for a code: 32 random bytes in base64url.</summary>
    public static string NewBrowser() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOfBrowser(string secret) => SignInLink.HashOf(secret);

    /// <summary>
    /// Uses up the code and its link. Null when code or browser are wrong, too old, used, or tried too often. The try
    /// is counted before the code is looked at, so that tries sent at the same time cannot share one count.
    /// </summary>
    public static async Task<Account?> Redeem(
        PlatformDb db,
        string browserSecret,
        string typed,
        CancellationToken cancel
    )
    {
        var browser = HashOfBrowser(browserSecret);
        var counted = await db.Set<SignInCode>()
            .Where(c => c.BrowserHash == browser && c.Tries < MostTries)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Tries, c => c.Tries + 1), cancel);
        if (counted == 0)
            return null;
        var code = HashOf(browser, Normal(typed));
        var token = await db.Set<SignInCode>()
            .Where(c => c.BrowserHash == browser && c.CodeHash == code)
            .Select(c => c.TokenHash)
            .SingleOrDefaultAsync(cancel);
        return token is null ? null : await SignIn.RedeemHash(db, token, cancel);
    }

    /// <summary>As typed by a person in a hurry: spaces, hyphens and small letters do not matter.</summary>
    public static string Normal(string typed) =>
        string.Concat(typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));

    // With the browser in it, a copy of the table cannot be searched for all codes at once.
    private static string HashOf(string browserHash, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(browserHash + code)));

    internal sealed class Map : IEntityTypeConfiguration<SignInCode>
    {
        public void Configure(EntityTypeBuilder<SignInCode> entity)
        {
            entity.ToTable("sign_in_codes");
            entity.HasKey(c => c.BrowserHash);
            entity.HasOne<SignInLink>().WithMany().HasForeignKey(c => c.TokenHash);
            entity.HasIndex(c => c.TokenHash);
        }
    }
}
