using System.Text;

namespace Lpsa.Platform;

[Flags]
internal enum Marks
{
    None = 0,
    Strong = 1,
    Emphasis = 2,
    Deleted = 4,
    Superscript = 8,
    Subscript = 16,
}

internal enum PieceKind
{
    Text,
    Code,
    Picture,
    Break,

    /// <summary>End of a paragraph inside running text, as in the classic editor.</summary>
    Part,
}

internal sealed record LinkTarget(string Address);

/// <summary>A stretch of text with the same marks.</summary>
/// <param name="Text">The words; for a picture its text alternative.</param>
internal sealed record Piece(
    PieceKind Kind,
    string Text,
    Marks Marks,
    LinkTarget? Link,
    string Address = "",
    string Title = ""
)
{
    public bool IsBlank => Kind == PieceKind.Text && string.IsNullOrWhiteSpace(Text);
}

/// <summary>
/// Running text as a flat sequence of pieces. Flat, because HTML lets marks begin and end anywhere, blanks included,
/// while Markdown wants them nested, tight around words and never empty.
/// </summary>
internal sealed class TextRun
{
    private readonly List<Piece> pieces = [];

    public void Add(Piece piece) => pieces.Add(piece);

    /// <summary>Begins a new line, unless the run is already at the beginning of one.</summary>
    public void NewLine(Marks marks, LinkTarget? link)
    {
        var last = pieces.FindLastIndex(p => !p.IsBlank);
        if (last >= 0 && pieces[last].Kind is not (PieceKind.Break or PieceKind.Part))
            pieces.Add(new(PieceKind.Break, "", marks, link));
    }

    /// <summary>The paragraphs of the run, white space collapsed as a browser does.</summary>
    public List<List<Piece>> Paragraphs()
    {
        var paragraphs = new List<List<Piece>>();
        var current = new List<Piece>();
        foreach (var piece in pieces)
        {
            // Two breaks in a row look like a new paragraph, and were meant as one.
            if (piece.Kind == PieceKind.Part || piece.Kind == PieceKind.Break && EndsWithBreak(current))
                Close();
            else
                current.Add(piece);
        }
        Close();
        return paragraphs;

        void Close()
        {
            var tidy = Tidy(current);
            if (tidy.Count > 0)
                paragraphs.Add(tidy);
            current = [];
        }
    }

    private static bool EndsWithBreak(List<Piece> current)
    {
        var last = current.FindLastIndex(p => !p.IsBlank);
        return last >= 0 && current[last].Kind == PieceKind.Break;
    }

    public static List<Piece> Tidy(List<Piece> raw)
    {
        var tidy = new List<Piece>();
        var atStart = true;
        foreach (var piece in raw)
        {
            if (piece.Kind != PieceKind.Text)
            {
                if (piece.Kind == PieceKind.Break)
                    TrimEnd(tidy);
                tidy.Add(piece);
                atStart = piece.Kind == PieceKind.Break;
                continue;
            }
            var text = Collapse(piece.Text, atStart);
            if (text.Length == 0)
                continue;
            atStart = text[^1] == ' ';
            tidy.Add(piece with { Text = text });
        }
        while (true)
        {
            TrimEnd(tidy);
            if (tidy.Count > 0 && tidy[^1].Kind == PieceKind.Break)
                tidy.RemoveAt(tidy.Count - 1);
            else
                break;
        }
        while (tidy.Count > 0 && (tidy[0].Kind == PieceKind.Break || tidy[0].IsBlank))
            tidy.RemoveAt(0);
        return tidy.All(p => p.IsBlank || p.Kind == PieceKind.Break) ? [] : Loosen(tidy);
    }

    private static string Collapse(string text, bool dropFirst)
    {
        var collapsed = new StringBuilder(text.Length);
        var afterSpace = dropFirst;
        foreach (var c in text)
        {
            var space = c is ' ' or '\t' or '\n' or '\r' or '\f';
            if (!space)
                collapsed.Append(c);
            else if (!afterSpace)
                collapsed.Append(' ');
            afterSpace = space;
        }
        return collapsed.ToString();
    }

    private static void TrimEnd(List<Piece> tidy)
    {
        while (tidy.Count > 0 && tidy[^1] is { Kind: PieceKind.Text } last)
        {
            var trimmed = last.Text.TrimEnd();
            tidy.RemoveAt(tidy.Count - 1);
            if (trimmed.Length > 0)
            {
                tidy.Add(last with { Text = trimmed });
                return;
            }
        }
    }

    /// <summary>Blanks at the edge of a mark or a link move out of it: <c>**bold **text</c> is not bold in Markdown.</summary>
    private static List<Piece> Loosen(List<Piece> tidy)
    {
        var split = new List<Piece>();
        foreach (var piece in tidy)
        {
            if (piece.Kind != PieceKind.Text || (piece.Marks == Marks.None && piece.Link is null))
            {
                split.Add(piece);
                continue;
            }
            var start = piece.Text.Length - piece.Text.TrimStart().Length;
            var end = Math.Max(start, piece.Text.TrimEnd().Length);
            foreach (var part in new[] { piece.Text[..start], piece.Text[start..end], piece.Text[end..] })
            {
                if (part.Length > 0)
                    split.Add(piece with { Text = part });
            }
        }

        foreach (var mark in new[] { Marks.Strong, Marks.Emphasis, Marks.Deleted, Marks.Superscript, Marks.Subscript })
            Loosen(split, p => p.Marks.HasFlag(mark), p => p with { Marks = p.Marks & ~mark });
        Loosen(split, p => p.Link is not null, p => p with { Link = null });
        return split;
    }

    private static void Loosen(List<Piece> pieces, Predicate<Piece> has, Func<Piece, Piece> without)
    {
        for (var at = 0; at < pieces.Count; at++)
        {
            var edge = at == 0 || at == pieces.Count - 1 || !has(pieces[at - 1]) || !has(pieces[at + 1]);
            if (!edge || !has(pieces[at]) || !(pieces[at].IsBlank || pieces[at].Kind == PieceKind.Break))
                continue;
            pieces[at] = without(pieces[at]);
            // The neighbour before may have become an edge by this.
            if (at > 0 && has(pieces[at - 1]))
                at -= 2;
            if (at < -1)
                at = -1;
        }
    }
}
