using System.Text;
using AngleSharp.Dom;

namespace Lpsa.Platform;

/// <summary>Gathers the words between two blocks: spaces folded as a browser does, links with their address.</summary>
internal sealed class LetterTextInline
{
    private const char LineBreak = '\n';

    private readonly StringBuilder words = new();

    public void Add(INode node)
    {
        if (node is IText text)
        {
            AddText(text.Data);
            return;
        }
        if (node is not IElement element || LetterText.IsHidden(element))
            return;
        switch (element.LocalName)
        {
            case "br":
                words.Append(LineBreak);
                break;
            case "img":
                AddText(element.GetAttribute("alt") ?? "");
                break;
            case "a":
                AddLink(element);
                break;
            default:
                foreach (var child in element.ChildNodes)
                    Add(child);
                break;
        }
    }

    /// <summary>The gathered lines, wrapped; starts anew.</summary>
    public List<string> TakeLines(int columns)
    {
        var lines = words.ToString().Trim(' ', LineBreak).Split(LineBreak).ToList();
        words.Clear();
        return lines is [""] ? [] : [.. lines.SelectMany(line => Wrapped(line, columns))];
    }

    private static IEnumerable<string> Wrapped(string line, int columns) =>
        string.IsNullOrWhiteSpace(line) ? [""] : TextWrap.Lines(line, columns);

    private void AddText(string text)
    {
        foreach (var letter in text)
        {
            // A no-break space stays: it was put there to hold a number and its unit together.
            var isSpace = letter is ' ' or '\t' or '\r' or '\n' or '\f';
            if (!isSpace)
                words.Append(letter);
            else if (words.Length > 0 && words[^1] is not (' ' or LineBreak))
                words.Append(' ');
        }
    }

    private void AddLink(IElement link)
    {
        var inner = new LetterTextInline();
        foreach (var child in link.ChildNodes)
            inner.Add(child);
        var shown = string.Join(' ', inner.TakeLines(int.MaxValue).Where(line => line.Length > 0));
        var address = (link.GetAttribute("href") ?? "").Trim();
        if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            address = address["mailto:".Length..];
        // A place on the same page leads nowhere in plain text.
        if (address.Length == 0 || address[0] == '#' || address == shown)
            AddText(shown);
        else
            AddText(shown.Length == 0 ? address : $"{shown} ({address})");
    }
}
