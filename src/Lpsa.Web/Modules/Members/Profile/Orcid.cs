namespace Lpsa.Members;

/// <summary>Identifiers of researchers, as orcid.org gives them.</summary>
static class Orcid
{
    /// <summary>
    /// The identifier in four groups, from digits, groups or the whole address; null when it is none. The last character
    /// is a check digit by ISO 7064 MOD 11-2 (ORCID, "Structure of the ORCID Identifier").
    /// </summary>
    public static string? Read(string text)
    {
        foreach (var prefix in (string[])["https://orcid.org/", "http://orcid.org/", "orcid.org/"])
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                text = text[prefix.Length..];
        var digits = text.Replace("-", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
        if (digits.Length != 16 || !digits[..15].All(char.IsAsciiDigit))
            return null;
        var total = digits[..15].Aggregate(0, (sum, digit) => (sum + digit - '0') * 2 % 11);
        var check = (12 - total) % 11;
        return digits[15] == (check == 10 ? 'X' : (char)('0' + check))
            ? $"{digits[..4]}-{digits[4..8]}-{digits[8..12]}-{digits[12..]}"
            : null;
    }
}
