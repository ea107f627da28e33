using System.Globalization;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax.Inlines;

namespace Lpsa.Platform;

/// <summary>The running text inside a block.</summary>
internal sealed partial class ProseWriter
{
    private void Inlines(ContainerInline? container)
    {
        for (var inline = container?.FirstChild; inline is not null; inline = inline.NextSibling)
            Inline(inline);
    }

    private void Inline(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                Text(literal.Content.AsSpan());
                break;
            case CodeInline code:
                html.Append("<code>");
                Text(code.Content);
                html.Append("</code>");
                break;
            case HtmlEntityInline entity:
                Text(entity.Transcoded.AsSpan());
                break;
            case LineBreakInline line:
                html.Append(line.IsHard ? "<br>\n" : "\n");
                break;
            case EmphasisInline emphasis:
                Wrapped(Element(emphasis), emphasis);
                break;
            case AutolinkInline auto:
                Link(auto.IsEmail ? "mailto:" + auto.Url : auto.Url, null, () => Text(auto.Url));
                break;
            case FootnoteLink note when !insideLink:
                FootnoteMark(note);
                break;
            case LinkInline { IsImage: true } image:
                Picture(image, withTitle: true);
                break;
            case LinkInline link:
                Link(link.Url, link.Title, () => Inlines(link));
                break;
            case ContainerInline other:
                Inlines(other);
                break;
        }
    }

    private static string Element(EmphasisInline emphasis) =>
        (emphasis.DelimiterChar, emphasis.DelimiterCount) switch
        {
            ('~', 2) => "del",
            ('~', _) => "sub",
            ('^', _) => "sup",
            (_, 2) => "strong",
            _ => "em",
        };

    private void Wrapped(string element, ContainerInline content)
    {
        html.Append('<').Append(element).Append('>');
        Inlines(content);
        html.Append("</").Append(element).Append('>');
    }

    private void Link(string? address, string? title, Action content)
    {
        if (insideLink || SafeAddress.Link(address) is not { } safe)
        {
            content();
            return;
        }
        html.Append("<a href=\"");
        Text(safe[0] == '/' ? style.Address(safe) : safe);
        html.Append('"');
        if (!string.IsNullOrWhiteSpace(title))
            Attribute("title", title);
        if (SafeAddress.IsWeb(safe))
            html.Append(" rel=\"noopener noreferrer\"");
        html.Append('>');
        insideLink = true;
        content();
        insideLink = false;
        html.Append("</a>");
    }

    /// <summary>Our own pictures are shown; pictures elsewhere become a link, so that nothing is fetched from there.</summary>
    private void Picture(LinkInline image, bool withTitle)
    {
        var words = ProseText.OneLine(ProseText.Of(image));
        if (SafeAddress.Picture(image.Url) is not { } safe)
        {
            Link(image.Url, image.Title, () => Text(words.Length > 0 ? words : FileName(image.Url)));
            return;
        }
        html.Append("<img src=\"");
        Text(style.Address(safe));
        html.Append('"');
        Attribute("alt", words);
        if (withTitle && !string.IsNullOrWhiteSpace(image.Title))
            Attribute("title", image.Title);
        html.Append(" loading=\"lazy\" decoding=\"async\">");
    }

    private static string FileName(string? address)
    {
        var path = (address ?? "").Split('?', '#')[0];
        return path[(path.LastIndexOf('/') + 1)..];
    }

    private void Attribute(string name, string value)
    {
        html.Append(' ').Append(name).Append("=\"");
        Text(value);
        html.Append('"');
    }

    /// <summary>Encodes for text and for double-quoted attributes, the only kind written here. Other scripts stay
    /// readable and apostrophes stay one byte.</summary>
    private void Text(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny("<>&\"") is var at and >= 0)
        {
            html.Append(text[..at]);
            html.Append(
                text[at] switch
                {
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '&' => "&amp;",
                    _ => "&quot;",
                }
            );
            text = text[(at + 1)..];
        }
        html.Append(text);
    }
}
