using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Lpsa.Platform;

/// <summary>Walks parsed HTML and makes Markdown blocks of it.</summary>
internal sealed partial class HtmlBlocks
{
    private readonly HtmlSource source;
    private readonly ConversionNotes notes;
    private readonly HtmlSpans spans;
    private readonly HtmlFigures figures;

    /// <summary>How many block editor blocks are open; outside of them the classic rules hold.</summary>
    private int openBlocks;

    public HtmlBlocks(HtmlSource source, ConversionNotes notes)
    {
        this.source = source;
        this.notes = notes;
        spans = new HtmlSpans(source, notes);
        figures = new HtmlFigures(this, spans, source, notes);
    }

    public List<MarkdownBlock> Of(INode parent)
    {
        var blocks = new List<MarkdownBlock>();
        var run = new TextRun();
        foreach (var node in parent.ChildNodes)
        {
            switch (node)
            {
                case IComment comment:
                    Comment(comment.Data.Trim(), blocks, ref run);
                    break;
                case IElement element when HtmlNames.IsIgnored(element, notes):
                    break;
                case IElement element when IsBlock(element):
                    Flush(blocks, ref run);
                    Block(element, blocks);
                    break;
                default:
                    spans.Add(node, run, ByBlankLines);
                    break;
            }
        }
        Flush(blocks, ref run);
        return blocks;
    }

    private bool ByBlankLines => source.IsWordPress && openBlocks == 0;

    /// <summary>An inline element around blocks, as careless editors leave it, is passed through; a link is not: its
    /// words are what matters.</summary>
    private static bool IsBlock(IElement element) =>
        HtmlNames.Blocks.Contains(element.LocalName)
        || (
            element.LocalName != "a"
            && !HtmlNames.Atoms.Contains(element.LocalName)
            && element.QuerySelectorAll("*").Any(e => HtmlNames.Blocks.Contains(e.LocalName))
        );

    private static void Flush(List<MarkdownBlock> blocks, ref TextRun run)
    {
        foreach (var paragraph in run.Paragraphs())
        {
            var text = MarkdownSpans.Write(paragraph, SpanPlace.Paragraph);
            if (text.Length > 0)
                blocks.Add(new(text));
        }
        run = new TextRun();
    }

    private void Comment(string data, List<MarkdownBlock> blocks, ref TextRun run)
    {
        if (!source.IsWordPress)
            return;
        if (data is "nextpage")
        {
            Flush(blocks, ref run);
            blocks.Add(new("***"));
            return;
        }
        if (BlockComment().Match(data) is not { Success: true } match)
            return;
        Flush(blocks, ref run);
        if (match.Groups["close"].Length > 0)
        {
            openBlocks = Math.Max(0, openBlocks - 1);
            return;
        }

        var name = match.Groups["name"].Value;
        if (data.EndsWith('/'))
        {
            if (name is not ("more" or "nextpage" or "spacer" or "separator"))
                notes.Left(name == "block" ? "reusable block" : "block drawn by WordPress", data.TrimEnd('/').Trim());
            return;
        }
        openBlocks++;
        if (name.Contains('/', StringComparison.Ordinal) && !name.StartsWith("core", StringComparison.Ordinal))
            notes.Changed("block of a plugin, kept as its text", name);
    }

    [GeneratedRegex(
        @"^(?<close>/?)wp:(?<name>[a-z][a-z0-9_/-]{0,100})",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex BlockComment();

    private void Block(IElement element, List<MarkdownBlock> blocks)
    {
        switch (element.LocalName)
        {
            case "p" when element.ClassList.Contains("wp-block-verse"):
            case "p" or "address" or "dt" or "summary":
                Paragraph(element, blocks);
                break;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                Heading(element.LocalName[1] - '0', element, blocks);
                break;
            case "ul" or "ol" or "menu" or "dir":
                List(element, blocks);
                break;
            case "blockquote":
                if (Of(element) is { Count: > 0 } quoted)
                    blocks.Add(new(MarkdownBlock.Indent(MarkdownBlock.Join(quoted), "> ", "> ")));
                break;
            case "pre":
                Preformatted(element, blocks);
                break;
            case "hr":
                blocks.Add(new("***"));
                break;
            case "table":
                new HtmlTable(this, spans, notes).Add(element, blocks);
                break;
            case "figure":
                figures.Add(element, blocks);
                break;
            case "x-gallery":
                figures.AddGallery(element, blocks);
                break;
            case "iframe" or "embed" or "object" or "video" or "audio" or "x-embed":
                Embed(element, blocks);
                break;
            default:
                blocks.AddRange(Of(element));
                break;
        }
    }

    private void Paragraph(IElement element, List<MarkdownBlock> blocks)
    {
        if (element.QuerySelectorAll("*").Any(e => HtmlNames.Blocks.Contains(e.LocalName)))
        {
            blocks.AddRange(Of(element));
            return;
        }
        var run = new TextRun();
        var marks = element.LocalName is "dt" or "summary" ? Marks.Strong : Marks.None;
        foreach (var node in element.ChildNodes)
        {
            if (node is not IElement child || !HtmlNames.IsIgnored(child, notes))
                spans.Add(node, run, ByBlankLines, marks);
        }
        Flush(blocks, ref run);
    }

    private void Heading(int level, IElement element, List<MarkdownBlock> blocks)
    {
        // A picture in a heading is a banner, not a title; and headings cannot hold figures.
        foreach (var picture in element.QuerySelectorAll("img").ToList())
        {
            var alone = new TextRun();
            spans.Add(picture, alone, false);
            picture.Remove();
            Flush(blocks, ref alone);
        }
        var text = spans.OneLine(element);
        // Number signs at the end would be read as the closing of the heading.
        if (text.EndsWith('#') && (text.Length - text[..^1].TrimEnd('\\').Length) % 2 == 1)
            text = text[..^1] + "\\#";
        if (text.Length > 0)
            blocks.Add(new($"{new string('#', level)} {text}"));
    }

    private void List(IElement list, List<MarkdownBlock> blocks)
    {
        var items = new List<List<MarkdownBlock>>();
        foreach (var child in list.Children)
        {
            if (HtmlNames.IsIgnored(child, notes))
                continue;
            if (child.LocalName is "ul" or "ol" && items.Count > 0)
                // A list directly in a list: browsers show it under the item before.
                List(child, items[^1]);
            else if (Of(child) is { Count: > 0 } item)
                items.Add(item);
        }
        if (items.Count == 0)
            return;

        var ordered = list.LocalName == "ol";
        var kind = ordered ? BlockKind.Numbers : BlockKind.Bullets;
        // Two lists in a row would run together; the other marker parts them.
        var alternate = blocks.Count > 0 && blocks[^1].Kind == kind && !blocks[^1].Alternate;
        var number =
            int.TryParse(list.GetAttribute("start"), out var start) && start is >= 0 and < 1_000_000 ? start : 1;
        var tight = items.TrueForAll(item => item.Skip(1).All(b => b.Kind != BlockKind.Text));

        var text = new StringBuilder();
        foreach (var item in items)
        {
            var marker =
                ordered ? $"{number++}{(alternate ? ")" : ".")} "
                : alternate ? "* "
                : "- ";
            if (text.Length > 0)
                text.Append(tight ? "\n" : "\n\n");
            var body = string.Join(tight ? "\n" : "\n\n", item.Select(b => b.Text));
            text.Append(MarkdownBlock.Indent(body, marker, new string(' ', marker.Length)));
        }
        blocks.Add(new(text.ToString(), kind, alternate));
    }

    private void Preformatted(IElement element, List<MarkdownBlock> blocks)
    {
        if (element.ClassList.Contains("wp-block-verse"))
        {
            var run = new TextRun();
            spans.Add(element, run, lineBreaks: true);
            Flush(blocks, ref run);
            return;
        }
        foreach (var line in element.QuerySelectorAll("br").ToList())
            line.Replace(element.Owner!.CreateTextNode("\n"));
        var code = element.TextContent.Trim('\n');
        if (string.IsNullOrWhiteSpace(code))
            return;
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        var language = element
            .QuerySelector("code")
            ?.ClassList.FirstOrDefault(c => c.StartsWith("language-", StringComparison.Ordinal));
        var info =
            language is not null && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
                ? language["language-".Length..]
                : "";
        blocks.Add(new($"{fence}{info}\n{code}\n{fence}"));
    }

    private void Embed(IElement element, List<MarkdownBlock> blocks)
    {
        if (HtmlEmbeds.Address(element, spans) is { } address)
        {
            blocks.Add(new($"<{address}>"));
            if (element.LocalName != "x-embed")
                notes.Changed("embedded page or film, now a link", address);
        }
        else
        {
            notes.Left("embedded page or film", element.LocalName);
        }
    }
}
