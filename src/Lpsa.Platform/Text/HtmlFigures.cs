using AngleSharp.Dom;

namespace Lpsa.Platform;

/// <summary>Pictures, tables and embeds with their captions.</summary>
internal sealed class HtmlFigures(HtmlBlocks blocks, HtmlSpans spans, HtmlSource source, ConversionNotes notes)
{
    public void Add(IElement figure, List<MarkdownBlock> output)
    {
        // The caption of a gallery's picture belongs to that picture, not to the gallery.
        var caption = figure.Children.FirstOrDefault(c => c.LocalName == "figcaption");
        caption?.Remove();
        var pictures = figure.QuerySelectorAll("img");
        if (figure.ClassList.Contains("wp-block-embed") && SafeAddress.IsWeb(figure.TextContent.Trim()))
            output.Add(new($"<{figure.TextContent.Trim()}>"));
        else if (pictures.Length == 1 && figure.QuerySelector("table, figure, blockquote, ul, ol") is null)
            caption = PictureWithCaption(figure, pictures[0], caption, output);
        else if (
            caption is not null
            && figure.QuerySelector("table") is not null
            && blocks.Of(figure) is { Count: 1 } table
        )
        {
            output.Add(new($"^^^\n{table[0].Text}\n^^^ {spans.OneLine(caption)}"));
            caption = null;
        }
        else
            output.AddRange(blocks.Of(figure));
        if (caption is not null && spans.OneLine(caption) is { Length: > 0 } rest)
            output.Add(new(MarkdownSpans.Write(spans.Run(caption), SpanPlace.Paragraph)));
    }

    /// <summary>Returns the caption when it is still to be written.</summary>
    private IElement? PictureWithCaption(
        IElement figure,
        IElement picture,
        IElement? caption,
        List<MarkdownBlock> output
    )
    {
        // The caption shortcode has the words after the picture, without an element of their own.
        if (caption is null && figure.ClassName == "x-caption")
        {
            caption = figure.Owner!.CreateElement("figcaption");
            var holder = picture.ParentElement is { LocalName: "a" } link ? link : picture;
            caption.Append([.. figure.ChildNodes.Where(n => n != holder && !n.Contains(holder))]);
        }
        var run = new TextRun();
        spans.Add(picture.ParentElement is { LocalName: "a" } around ? around : picture, run, false);
        if (run.Paragraphs() is not [{ } pieces] || pieces.TrueForAll(p => p.Kind != PieceKind.Picture))
            return caption;

        var words = caption is null ? [] : spans.Run(caption);
        var plain = words.TrueForAll(p => p.Kind == PieceKind.Text && p.Marks == Marks.None && p.Link is null);
        if (words.Count == 0)
            output.Add(new(MarkdownSpans.Write(pieces, SpanPlace.Paragraph)));
        else if (plain && pieces.Count == 1)
            output.Add(
                new(MarkdownSpans.Write([pieces[0] with { Title = MarkdownSpans.Words(words) }], SpanPlace.Paragraph))
            );
        else
            output.Add(
                new(
                    $"^^^\n{MarkdownSpans.Write(pieces, SpanPlace.Paragraph)}\n^^^ {MarkdownSpans.Write(words, SpanPlace.OneLine)}"
                )
            );
        return null;
    }

    public void AddGallery(IElement gallery, List<MarkdownBlock> output)
    {
        foreach (
            var number in (gallery.GetAttribute("ids") ?? "").Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            if (
                long.TryParse(number, out var id)
                && source.Picture(id) is { } picture
                && spans.Address(picture.Address) is { } address
            )
                output.Add(
                    new(
                        MarkdownSpans.Write(
                            [new(PieceKind.Picture, picture.Alt, Marks.None, null, address, picture.Caption)],
                            SpanPlace.Paragraph
                        )
                    )
                );
            else
                notes.Left("picture of a gallery", number);
        }
    }
}
