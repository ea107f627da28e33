using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Lpsa.Platform;

/// <summary>
/// One mailbox: <c>local@domain</c> and the name people know it by. The domain is kept in its ASCII form (IDNA), so an
/// internationalised domain needs nothing special from a mail server; a local part beyond ASCII needs SMTPUTF8.
/// Quoted local parts and address literals are refused: real people do not have them, forgers do.
/// </summary>
public sealed record MailAddress
{
    private const int LongestAddress = 254;
    private const int LongestLocalPart = 64;
    private const string AtomSigns = "!#$%&'*+-/=?^_`{|}~";

    // What East Asian keyboards type for a dot counts as one (IDNA, RFC 3490 §3.1).
    private static readonly char[] Dots = ['.', '\u3002', '\uFF0E', '\uFF61'];

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    private MailAddress(string localPart, string domain, string name)
    {
        LocalPart = localPart;
        Domain = domain;
        Name = name;
    }

    /// <summary>Before the at sign, in its own letter case and in Unicode form C.</summary>
    public string LocalPart { get; }

    /// <summary>After the at sign: ASCII, lower case.</summary>
    public string Domain { get; }

    /// <summary>Display name without quotes; empty when there is none.</summary>
    public string Name { get; }

    /// <summary><c>local@domain</c> as it goes over the wire.</summary>
    public string Address => LocalPart + "@" + Domain;

    /// <summary>True when only a server that offers SMTPUTF8 (RFC 6531) can take it.</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(LocalPart);

    /// <exception cref="FormatException">The text is not an address; the message quotes it and says why.</exception>
    public static MailAddress Parse(string address, string name = "") =>
        TryParse(address, name, out var parsed, out var problem)
            ? parsed
            : throw new FormatException($"“{address}” is not a mail address: {problem}");

    public static bool TryParse(string? address, [NotNullWhen(true)] out MailAddress? parsed) =>
        TryParse(address, "", out parsed, out _);

    /// <param name="problem">A whole English sentence that says what to mend.</param>
    public static bool TryParse(
        string? address,
        string? name,
        [NotNullWhen(true)] out MailAddress? parsed,
        [NotNullWhen(false)] out string? problem
    )
    {
        parsed = null;
        var text = (address ?? "").Trim();
        var shownName = (name ?? "").Trim();
        var at = text.LastIndexOf('@');
        if (text.Length == 0)
            problem = "The address is empty.";
        else if (HeaderText.Fault(text) is { } fault)
            problem = "The address " + fault;
        else if (HeaderText.Fault(shownName) is { } nameFault)
            problem = "The name " + nameFault;
        else if (at < 0)
            problem = "The address has no @ sign.";
        else
        {
            var local = text[..at].Normalize(NormalizationForm.FormC);
            var domain = AsciiDomain(text[(at + 1)..], out var domainProblem);
            problem = domainProblem ?? LocalProblem(local) ?? LengthProblem(local, domain!);
            if (problem is null)
                parsed = new MailAddress(local, domain!, shownName);
        }
        return parsed is not null;
    }

    public MailAddress Named(string name) => Parse(Address, name);

    /// <summary>For people: the name and the address with its domain in its own script.</summary>
    public override string ToString()
    {
        var shown = LocalPart + "@" + Idn.GetUnicode(Domain);
        return Name.Length == 0 ? shown : $"{Name} <{shown}>";
    }

    private static string? AsciiDomain(string domain, out string? problem)
    {
        problem = null;
        if (domain.Length == 0)
            problem = "Nothing follows the @ sign.";
        else if (domain.StartsWith('['))
            problem = "The part after the @ sign must be a domain name, not a number in brackets.";
        else if (domain.Split(Dots).Any(label => label.Length == 0))
            problem = "The domain after the @ sign begins or ends with a dot, or has two in a row.";
        if (problem is not null)
            return null;

        try
        {
            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            var labels = ascii.Split('.');
            if (labels.Length < 2)
                problem = "The domain after the @ sign has no dot.";
            else if (labels[^1].All(char.IsAsciiDigit))
                problem = "The last part of the domain cannot be a number.";
            return problem is null ? ascii : null;
        }
        catch (ArgumentException)
        {
            problem = "The domain after the @ sign has a character or a length that no domain may have.";
            return null;
        }
    }

    private static string? LocalProblem(string local)
    {
        if (local.Length == 0)
            return "Nothing stands before the @ sign.";
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
            return "The part before the @ sign begins or ends with a dot, or has two in a row.";
        foreach (var rune in local.EnumerateRunes())
        {
            if (!MayStandInLocalPart(rune))
                return $"The part before the @ sign holds “{rune}”, which cannot stand there.";
        }
        return null;
    }

    private static bool MayStandInLocalPart(Rune rune) =>
        rune.IsAscii
            ? Rune.IsLetterOrDigit(rune) || rune.Value == '.' || AtomSigns.Contains((char)rune.Value)
            : Rune.GetUnicodeCategory(rune)
                is not (
                    UnicodeCategory.SpaceSeparator
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.PrivateUse
                );

    private static string? LengthProblem(string local, string domain)
    {
        var localBytes = Encoding.UTF8.GetByteCount(local);
        if (localBytes > LongestLocalPart)
            return $"The part before the @ sign is longer than {LongestLocalPart} bytes.";
        return localBytes + 1 + domain.Length > LongestAddress
            ? $"The address is longer than {LongestAddress} bytes."
            : null;
    }
}
