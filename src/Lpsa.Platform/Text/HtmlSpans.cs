using AngleSharp.Dom;

namespace Lpsa.Platform;

/// <summary>Turns inline HTML into the pieces of a text run.</summary>
internal sealed class HtmlSpans(HtmlSource source, ConversionNotes notes)
{
    /// <summary>The content of an element as one run of pieces, breaks kept.</summary>
    public List<Piece> Run(INode parent)
    {
        var run = new TextRun();
        foreach (var node in parent.ChildNodes)
            Add(node, run, lineBreaks: false);
        return TextRun.Tidy([
            .. run.Paragraphs().SelectMany((p, at) => at == 0 ? p : [new(PieceKind.Break, "", Marks.None, null), .. p]),
        ]);
    }

    public string OneLine(INode parent) => MarkdownSpans.Write(Run(parent), SpanPlace.OneLine);

    /// <param name="lineBreaks">Line ends in the source are line breaks, blank lines part paragraphs.</param>
    public void Add(INode node, TextRun run, bool lineBreaks, Marks marks = Marks.None, LinkTarget? link = null)
    {
        switch (node)
        {
            case IText text:
                Text(text.Data, run, lineBreaks, marks, link);
                break;
            case IElement element when HtmlNames.IsIgnored(element, notes):
                break;
            case IElement element:
                Element(element, run, lineBreaks, marks, link);
                break;
        }
    }

    private static void Text(string text, TextRun run, bool lineBreaks, Marks marks, LinkTarget? link)
    {
        if (!lineBreaks || !text.Contains('\n', StringComparison.Ordinal))
        {
            run.Add(new(PieceKind.Text, text, marks, link));
            return;
        }
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].Length > 0)
                run.Add(new(PieceKind.Text, lines[at], marks, link));
            if (at == lines.Length - 1)
                continue;
            // The first and last lines of a node may go on in its neighbours, the lines between are whole.
            var blank = at + 1 < lines.Length - 1 && string.IsNullOrWhiteSpace(lines[at + 1]);
            run.Add(new(blank ? PieceKind.Part : PieceKind.Break, "", marks, link));
        }
    }

    private void Element(IElement element, TextRun run, bool lineBreaks, Marks marks, LinkTarget? link)
    {
        switch (element.LocalName)
        {
            case "br":
                run.Add(new(PieceKind.Break, "", marks, link));
                // The classic editor leaves a line end after <br>, which is not a second one.
                if (lineBreaks && element.NextSibling is IText next && next.Data.StartsWith('\n'))
                    next.Data = next.Data[1..];
                return;
            case "img":
                Picture(element, run, marks, link);
                return;
            case "code" or "kbd" or "samp" or "tt":
                run.Add(new(PieceKind.Code, element.TextContent, marks, link));
                return;
            case "a":
                link = Link(element) ?? link;
                break;
            case "q":
                run.Add(new(PieceKind.Text, "“", marks, link));
                break;
            case "iframe" or "embed" or "object" or "video" or "audio" or "x-embed":
                if (HtmlEmbeds.Address(element, this) is { } address)
                    run.Add(new(PieceKind.Text, address, marks, new(address)));
                else
                    notes.Left("embedded page or film", element.LocalName);
                return;
        }

        // Blocks inside a link or a cell cannot be parted there: a line break is as close as it gets.
        var block = HtmlNames.Blocks.Contains(element.LocalName);
        if (block)
            run.NewLine(marks, link);
        var inner = marks | MarksOf(element);
        foreach (var child in element.ChildNodes)
            Add(child, run, lineBreaks, inner, link);
        if (block)
            run.NewLine(marks, link);
        if (element.LocalName == "q")
            run.Add(new(PieceKind.Text, "”", marks, link));
    }

    private static Marks MarksOf(IElement element)
    {
        var style = element.GetAttribute("style") ?? "";
        var bold = style.Contains("font-weight", StringComparison.OrdinalIgnoreCase);
        return element.LocalName switch
        {
            // Google Docs wraps whole texts in <b style="font-weight:normal">.
            "b" or "strong" when bold && style.Contains("normal", StringComparison.OrdinalIgnoreCase) => Marks.None,
            "b" or "strong" => Marks.Strong,
            "i" or "em" or "cite" or "dfn" or "var" => Marks.Emphasis,
            "del" or "s" or "strike" => Marks.Deleted,
            "sup" => Marks.Superscript,
            "sub" => Marks.Subscript,
            "span"
                when bold
                    && (
                        style.Contains("bold", StringComparison.OrdinalIgnoreCase)
                        || style.Contains("700", StringComparison.Ordinal)
                    ) => Marks.Strong,
            "span" when style.Contains("italic", StringComparison.OrdinalIgnoreCase) => Marks.Emphasis,
            _ => Marks.None,
        };
    }

    private LinkTarget? Link(IElement element)
    {
        var href = element.GetAttribute("href");
        if (string.IsNullOrWhiteSpace(href))
            return null;
        if (href.TrimStart().StartsWith('#'))
        {
            notes.Changed("link to a place in the same page, now text", href);
            return null;
        }
        if (Address(href) is { } address)
            return new(address);
        notes.Left("unsafe or broken link", href);
        return null;
    }

    private void Picture(IElement image, TextRun run, Marks marks, LinkTarget? link)
    {
        var given = new[] { "data-orig-file", "data-large-file", "data-src", "data-lazy-src", "src" }
            .Select(image.GetAttribute)
            .FirstOrDefault(a =>
                !string.IsNullOrWhiteSpace(a) && !a.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            );
        if (image.GetAttribute("width") == "1" && image.GetAttribute("height") == "1")
        {
            notes.Left("tracking picture", given ?? "");
            return;
        }
        if (given is null || Address(given) is not { } address)
        {
            notes.Left("picture without a usable address", image.GetAttribute("src") ?? "");
            return;
        }
        // WordPress links a picture to its own full size by default; the picture alone says the same.
        if (link is not null && IsPicture(link.Address))
            link = null;
        run.Add(new(PieceKind.Picture, ProseText.OneLine(image.GetAttribute("alt") ?? ""), marks, link, address));
    }

    private static bool IsPicture(string address) =>
        Path.GetExtension(address.Split('?', '#')[0]).ToLowerInvariant()
            is ".jpg"
                or ".jpeg"
                or ".png"
                or ".gif"
                or ".webp"
                or ".svg";

    /// <summary>Absolute, safe, and led to its new place; null when it cannot be used.</summary>
    public string? Address(string given)
    {
        var trimmed = given.Trim();
        if (SafeAddress.Link(trimmed) is { } safe && safe[0] is not ('/' or '?' or '#'))
            return source.Address(safe);
        if (
            source.BaseAddress is not { } start
            || trimmed.Length == 0
            || trimmed.Contains('\\', StringComparison.Ordinal)
        )
            return SafeAddress.Link(trimmed) is { } local ? source.Address(local) : null;
        // A colon before the first slash is a scheme, and the good ones were taken above.
        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && trimmed.AsSpan(0, colon).IndexOfAny("/?#") < 0)
            return null;
        return Uri.TryCreate(start, trimmed, out var uri) && SafeAddress.Link(uri.AbsoluteUri) is { } resolved
            ? source.Address(resolved)
            : null;
    }
}
