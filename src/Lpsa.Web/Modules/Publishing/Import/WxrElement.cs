using System.Text;
using System.Xml;
using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>A cursor over the elements of an export, with names that do not depend on the file's prefixes.</summary>
sealed class WxrElement
{
    private readonly XmlReader reader;
    private readonly XmlSource source;
    private readonly Findings findings;
    private readonly WxrLimits limits;
    private readonly char[] portion = new char[8 * 1024];

    public WxrElement(XmlSource source, Findings findings, WxrLimits limits)
    {
        (this.source, this.findings, this.limits) = (source, findings, limits);
        reader = XmlReader.Create(
            source,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                // Raw control characters are dropped by the source; "&#11;" must not stop the import either.
                CheckCharacters = false,
            }
        );
    }

    /// <summary>Such as <c>wp:post_id</c>, <c>content:encoded</c>, <c>title</c>.</summary>
    public string Key { get; private set; } = "";
    public int SkippedLines => source.SkippedLines;
    public (int Line, int Column) Place { get; private set; }

    private bool Read()
    {
        if (!reader.Read())
            return false;
        if (reader.Depth > limits.Depth)
            throw new WxrRefused($"Elements are nested deeper than {limits.Depth}.", Here().Line, Here().Column);
        return true;
    }

    private (int Line, int Column) Here() =>
        reader is IXmlLineInfo info ? (info.LineNumber + source.SkippedLines, info.LinePosition) : default;

    /// <summary>Moves to the next element at this depth; false at the end of the parent.</summary>
    public bool NextChild(int depth)
    {
        while (Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth)
            {
                Key = KeyOf(reader.NamespaceURI, reader.LocalName);
                Place = Here();
                return true;
            }
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth < depth)
                return false;
        }
        return false;
    }

    public void ReadToEnd()
    {
        while (Read())
        {
            // Only to see that the rest is well-formed.
        }
    }

    public string Attribute(string name) => WellFormedText.Of(reader.GetAttribute(name) ?? "");

    public int Depth => reader.Depth;

    /// <summary>Passes over the element with everything in it.</summary>
    public void Skip() => Content(0, out _);

    /// <summary>The text of the element, trimmed; longer text is cut and reported.</summary>
    public string Text(int longest, long? item = null)
    {
        var (key, place) = (Key, Place);
        var text = WellFormedText.Of(Content(longest, out var whole)).Trim();
        if (!whole)
            findings.Add(
                FindingSeverity.Changed,
                $"{key} too long",
                $"Longer than {longest:N0} characters; cut after “{Prose.Shorten(text, 40)}”.",
                place,
                key,
                item
            );
        return text;
    }

    /// <summary>The text of the element as it stands, or null when it is longer than that.</summary>
    public string? WholeText(int longest) =>
        Content(longest, out var whole) is var text && whole ? WellFormedText.Of(text) : null;

    /// <summary>Texts of the child elements by name, the last of each.</summary>
    public Dictionary<string, string> Fields(int longest)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reader.IsEmptyElement)
            return fields;
        var depth = reader.Depth + 1;
        while (NextChild(depth))
        {
            var key = Key;
            fields[key] = Text(longest);
        }
        return fields;
    }

    public bool IsEmpty => reader.IsEmptyElement;

    private string Content(int longest, out bool whole)
    {
        whole = true;
        if (reader.IsEmptyElement)
            return "";
        var depth = reader.Depth;
        var text = new StringBuilder();
        while (Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (
                reader.NodeType
                is not (
                    XmlNodeType.Text
                    or XmlNodeType.CDATA
                    or XmlNodeType.SignificantWhitespace
                    or XmlNodeType.Whitespace
                )
            )
                continue;
            // By portions and to the end: one text node may be as large as the file, and what is not read in portions
            // the reader would gather in its memory before it moves on.
            while (reader.ReadValueChunk(portion, 0, portion.Length) is var count and > 0)
            {
                if (text.Length <= longest)
                    text.Append(portion, 0, count);
            }
        }
        if (text.Length <= longest)
            return text.ToString();
        whole = false;
        return text.ToString(0, char.IsHighSurrogate(text[Math.Max(0, longest - 1)]) ? longest - 1 : longest);
    }

    private static string KeyOf(string space, string name) =>
        space switch
        {
            "" => name,
            "http://purl.org/rss/1.0/modules/content/" => "content:" + name,
            "http://purl.org/dc/elements/1.1/" => "dc:" + name,
            _ when !space.StartsWith("http://wordpress.org/export/", StringComparison.Ordinal) => "?:" + name,
            _ when space.TrimEnd('/').EndsWith("/excerpt", StringComparison.Ordinal) => "excerpt:" + name,
            _ => "wp:" + name,
        };
}
