namespace Lpsa.Platform;

/// <summary>
/// What a new password must not be. Length is what counts; rules about digits and signs only make people write
/// <c>Password123!</c> (NIST SP 800-63B, 3.1.1.2).
/// </summary>
public static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 128;
    private const int FewestDifferent = 5;

    /// <summary>Words that lists of leaked passwords begin with, and those that anybody tries first on this site.</summary>
    private static readonly string[] Commonest =
    [
        "password",
        "passwort",
        "motdepasse",
        "contrasena",
        "senha",
        "qwerty",
        "qwertz",
        "azerty",
        "asdfgh",
        "zxcvbn",
        "letmein",
        "welcome",
        "iloveyou",
        "admin",
        "administrator",
        "login",
        "secret",
        "monkey",
        "dragon",
        "football",
        "baseball",
        "superman",
        "batman",
        "princess",
        "sunshine",
        "master",
        "shadow",
        "michael",
        "trustno",
        "whatever",
        "starwars",
        "changeme",
        "default",
        "internet",
        "computer",
        "freedom",
        "decentralization",
        "decentralisation",
        "localpublicsector",
        "lpsa",
    ];

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz",
        "01234567890123456789",
        "qwertyuiopasdfghjklzxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn",
        "qwertzuiopasdfghjklyxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    ];

    /// <summary>What is wrong, as an English sentence; null when nothing is.</summary>
    public static string? Fault(string typed, string email)
    {
        if (typed.Length < Shortest)
            return Sentence.Of("A password has at least 12 characters. A few words in a row are easy to remember.");
        var lower = typed.ToLowerInvariant();
        if (lower.Distinct().Count() < FewestDifferent || IsRow(lower))
            return Sentence.Of("This password is too easy to guess.");
        if (lower == Account.KeyOf(email) || Core(lower) == Core(Account.KeyOf(email).Split('@')[0]))
            return Sentence.Of("Do not use your own address as password.");
        return Commonest.Contains(Core(lower)) || IsRepeated(Core(lower), Commonest)
            ? Sentence.Of("This is one of the commonest passwords.")
            : null;
    }

    /// <summary>The letters alone, with the usual disguises undone: <c>P4ssw0rd2024!</c> is <c>password</c>.</summary>
    private static string Core(string lower) =>
        string.Concat(
            lower
                .Trim(" 0123456789!?.,;:_-+*#$%&@".ToCharArray())
                .Select(c =>
                    c switch
                    {
                        '0' => 'o',
                        '1' => 'i',
                        '3' => 'e',
                        '4' or '@' => 'a',
                        '5' or '$' => 's',
                        '7' => 't',
                        _ => c,
                    }
                )
                .Where(char.IsLetter)
        );

    private static bool IsRow(string lower) =>
        Rows.Any(row =>
            row.Contains(lower, StringComparison.Ordinal)
            || string.Concat(row.Reverse()).Contains(lower, StringComparison.Ordinal)
        );

    private static bool IsRepeated(string core, string[] words) =>
        words.Any(w => core.Length > 0 && core.Replace(w, "", StringComparison.Ordinal).Length == 0);
}
