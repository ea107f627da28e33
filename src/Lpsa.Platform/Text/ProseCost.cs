namespace Lpsa.Platform;

/// <summary>
/// Foresees what reading a text as Markdown will cost. A few constructs are searched for to the end of their
/// paragraph, once per occurrence, so a hostile paragraph costs its square: measured with Markdig 1.6, 250 kB of
/// <c>[a](</c> on one line take 40 s. Ordinary texts are four orders of magnitude below the bound.
/// </summary>
internal static class ProseCost
{
    /// <summary>Roughly nanoseconds on a two-core server of 2025.</summary>
    private const double Most = 2e9;

    private const string Link = "](";
    private const string Scheme = "://";
    private const string Host = "www.";
    private const string Mail = "mailto:";
    private const string Telephone = "tel:";
    private const string Definition = "]:";

    public static bool IsBounded(string markdown)
    {
        var text = markdown.AsSpan();
        if (text.Length < 10_000)
            return true;

        double cost = 0;
        var links = 0;
        var addresses = 0;
        var definitions = 0;
        var underlines = 0;
        var paragraph = 0;

        for (var at = 0; at < text.Length; )
        {
            var length = text[at..].IndexOf('\n');
            var line = length < 0 ? text[at..] : text.Slice(at, length);
            at += line.Length + 1;

            if (line.IsWhiteSpace())
            {
                cost += Paragraph(links, addresses, paragraph);
                (links, addresses, paragraph) = (0, 0, 0);
                continue;
            }

            paragraph += line.Length + 1;
            links += line.Count(Link);
            addresses += line.Count(Scheme) + line.Count(Host) + line.Count(Mail) + line.Count(Telephone);
            definitions += line.Count(Definition);
            if (line.TrimStart(" \t>")[..] is ['=', ..] or ['-', ..])
                underlines++;
        }

        cost += Paragraph(links, addresses, paragraph) + (0.3 * definitions + 0.1 * underlines) * text.Length;
        return cost <= Most;
    }

    private static double Paragraph(int links, int addresses, int length) => (4.0 * links + addresses) * length;
}
