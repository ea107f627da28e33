using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace Lpsa.Platform;

/// <summary>Where running text will stand, which decides what must be escaped or cannot be had.</summary>
internal enum SpanPlace
{
    Paragraph,

    /// <summary>A heading or a table cell: no line breaks.</summary>
    OneLine,
}

/// <summary>
/// Writes a paragraph as Markdown. The rules for when <c>**</c> opens and closes depend on the letters around it and
/// differ between readers, so the result is read back: if the words are not the same, the marks are given up first,
/// then the links; the words never.
/// </summary>
internal static partial class MarkdownSpans
{
    public static string Write(List<Piece> pieces, SpanPlace place)
    {
        if (place == SpanPlace.OneLine)
            pieces = TextRun.Tidy([
                .. pieces.Select(p => p.Kind == PieceKind.Break ? p with { Kind = PieceKind.Text, Text = " " } : p),
            ]);
        if (pieces.Count == 0)
            return "";

        var expected = Words(pieces);
        foreach (var attempt in Attempts(pieces))
        {
            var written = new Writer(attempt, everything: false).Write();
            if (IsRead(written, expected))
                return written;
        }
        return new Writer([.. pieces.Select(Bare)], everything: true).Write();
    }

    /// <summary>The words that a reader must see, on one line.</summary>
    public static string Words(IEnumerable<Piece> pieces) =>
        ProseText.OneLine(
            string.Concat(
                pieces.Select(p =>
                    p.Kind switch
                    {
                        PieceKind.Break or PieceKind.Part => " ",
                        PieceKind.Picture => "",
                        _ => p.Text,
                    }
                )
            )
        );

    private static IEnumerable<List<Piece>> Attempts(List<Piece> pieces)
    {
        yield return pieces;
        if (pieces.Any(p => p.Marks != Marks.None))
            yield return [.. pieces.Select(p => p with { Marks = Marks.None })];
        yield return [.. pieces.Select(Bare)];
    }

    private static Piece Bare(Piece piece) =>
        piece with
        {
            Marks = Marks.None,
            Link = null,
            Kind = piece.Kind == PieceKind.Code ? PieceKind.Text : piece.Kind,
        };

    private static bool IsRead(string markdown, string expected) =>
        Prose.Parse(markdown) is { Count: 1 } document
        && document[0] is ParagraphBlock
        && ProseText.OneLine(ProseText.Of(document)) == expected;

    [GeneratedRegex(@"https?://[^\s<>""\[\]\\`|^{}]+[^\s<>""\[\]\\`|^{}.,;:!?'’”)»*_~]", RegexOptions.IgnoreCase)]
    private static partial Regex WebAddress();

    private sealed class Writer(List<Piece> pieces, bool everything)
    {
        private readonly StringBuilder output = new();

        public string Write()
        {
            Range(0, pieces.Count, Marks.None, insideLink: false);
            return output.ToString();
        }

        private void Range(int from, int to, Marks open, bool insideLink)
        {
            for (var at = from; at < to; )
            {
                var (mark, end) = Longest(at, to, open, insideLink);
                if (end == at)
                {
                    Single(pieces[at], insideLink, last: at + 1 == pieces.Count);
                    at++;
                }
                else if (mark == Marks.None)
                {
                    Link(at, end, open);
                    at = end;
                }
                else
                {
                    Marked(mark, at, end, open, insideLink);
                    at = end;
                }
            }
        }

        /// <summary>Of the marks and the link that begin here, the one that reaches farthest must be outermost.</summary>
        private (Marks Mark, int End) Longest(int at, int to, Marks open, bool insideLink)
        {
            var best = (Mark: Marks.None, End: at);
            if (!insideLink && pieces[at].Link is { } link)
            {
                var end = at;
                while (end < to && ReferenceEquals(pieces[end].Link, link))
                    end++;
                best = (Marks.None, end);
            }
            foreach (
                var mark in (ReadOnlySpan<Marks>)
                    [Marks.Strong, Marks.Emphasis, Marks.Deleted, Marks.Superscript, Marks.Subscript]
            )
            {
                if (open.HasFlag(mark))
                    continue;
                var end = at;
                while (end < to && pieces[end].Marks.HasFlag(mark))
                    end++;
                if (end > best.End)
                    best = (mark, end);
            }
            return best;
        }

        private void Marked(Marks mark, int from, int to, Marks open, bool insideLink)
        {
            var start = output.Length;
            Range(from, to, open | mark, insideLink);
            var inner = output.ToString(start, output.Length - start);
            output.Length = start;
            var touchesStar = inner is ['*', ..] or [.., '*'] || (start > 0 && output[start - 1] == '*');
            var sign = mark switch
            {
                Marks.Strong => touchesStar ? "__" : "**",
                Marks.Emphasis => touchesStar ? "_" : "*",
                Marks.Deleted => "~~",
                Marks.Superscript => "^",
                _ => "~",
            };
            output.Append(sign).Append(inner).Append(sign);
        }

        private void Link(int from, int to, Marks open)
        {
            var address = pieces[from].Link!.Address;
            var words = string.Concat(pieces[from..to].Select(p => p.Text));
            if (
                words == address
                && pieces[from..to].TrueForAll(p => p.Kind == PieceKind.Text)
                && SafeAddress.IsWeb(address)
            )
            {
                output.Append('<').Append(address).Append('>');
                return;
            }
            output.Append('[');
            Range(from, to, open, insideLink: true);
            output.Append("](").Append(Address(address)).Append(')');
        }

        private void Single(Piece piece, bool insideLink, bool last)
        {
            switch (piece.Kind)
            {
                case PieceKind.Break:
                    output.Append("\\\n");
                    break;
                case PieceKind.Code:
                    Code(piece.Text);
                    break;
                case PieceKind.Picture:
                    output.Append("![");
                    Escaped(piece.Text, insideLink: true, last: false);
                    output.Append("](").Append(Address(piece.Address));
                    if (piece.Title.Length > 0)
                        output.Append(" \"").Append(Title(piece.Title)).Append('"');
                    output.Append(')');
                    break;
                case PieceKind.Text when insideLink || everything:
                    Escaped(piece.Text, insideLink, last);
                    break;
                case PieceKind.Text:
                    TextWithAddresses(piece.Text, last);
                    break;
            }
        }

        private void TextWithAddresses(string text, bool last)
        {
            var at = 0;
            foreach (var match in WebAddress().EnumerateMatches(text))
            {
                var address = text.Substring(match.Index, match.Length);
                if (!SafeAddress.IsWeb(address))
                    continue;
                Escaped(text[at..match.Index], insideLink: false, last: false);
                output.Append('<').Append(address).Append('>');
                at = match.Index + match.Length;
            }
            Escaped(text[at..], insideLink: false, last);
        }

        private void Code(string text)
        {
            var line = text.Replace('\n', ' ');
            if (string.IsNullOrWhiteSpace(line) || line.Contains('|', StringComparison.Ordinal))
            {
                Escaped(line, insideLink: false, last: false);
                return;
            }
            var fence = "`";
            while (line.Contains(fence, StringComparison.Ordinal))
                fence += "`";
            var pad = line[0] is '`' or ' ' || line[^1] is '`' or ' ' ? " " : "";
            output.Append(fence).Append(pad).Append(line).Append(pad).Append(fence);
        }

        private bool AtLineStart => output.Length == 0 || output[^1] == '\n';

        private void Escaped(string text, bool insideLink, bool last)
        {
            for (var at = 0; at < text.Length; at++)
            {
                var c = text[at];
                var next = at + 1 < text.Length ? text[at + 1] : '\0';
                if (NeedsEscape(c, next, at == text.Length - 1 && !last, insideLink))
                    output.Append('\\');
                output.Append(c);
            }
        }

        private bool NeedsEscape(char c, char next, bool atEnd, bool insideLink) =>
            c switch
            {
                _ when everything => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)),
                '\\' or '`' or '*' or '[' or '~' or '^' or '|' => true,
                ']' => insideLink || atEnd,
                '_' => AtLineStart || !char.IsLetterOrDigit(output[^1]) || !char.IsLetterOrDigit(next),
                '<' => char.IsLetter(next) || next is '/' or '!' or '?' || atEnd,
                '&' => char.IsLetter(next) || next == '#' || atEnd,
                '!' => atEnd || next == '[',
                ':' => next == '/' || EndsWith("mailto") || EndsWith("tel"),
                '.' => EndsWith("www") || IsListNumber(next),
                ')' => IsListNumber(next),
                '#' or '>' or '+' or '-' or '=' => AtLineStart,
                _ => false,
            };

        private bool EndsWith(string word)
        {
            if (output.Length < word.Length)
                return false;
            for (var at = 0; at < word.Length; at++)
            {
                if (char.ToLowerInvariant(output[output.Length - word.Length + at]) != word[at])
                    return false;
            }
            return true;
        }

        /// <summary>"1." at the start of a line would begin a list.</summary>
        private bool IsListNumber(char next)
        {
            var digits = 0;
            var at = output.Length - 1;
            for (; at >= 0 && char.IsAsciiDigit(output[at]); at--)
                digits++;
            return digits is > 0 and < 10
                && (at < 0 || output[at] == '\n')
                && (next is '\0' or ' ' || char.IsWhiteSpace(next));
        }

        private static string Address(string address)
        {
            var safe = address
                .Replace("(", "%28", StringComparison.Ordinal)
                .Replace(")", "%29", StringComparison.Ordinal)
                .Replace("<", "%3C", StringComparison.Ordinal)
                .Replace(">", "%3E", StringComparison.Ordinal)
                .Replace("|", "%7C", StringComparison.Ordinal)
                .Replace("\\", "%5C", StringComparison.Ordinal);
            return string.Concat(safe.Select(c => char.IsWhiteSpace(c) ? "%20" : c.ToString()));
        }

        private static string Title(string title) =>
            string.Concat(
                ProseText
                    .OneLine(title)
                    .Select(c => c is '"' or '\\' or '&' or '|' or '[' or ']' ? "\\" + c : c.ToString())
            );
    }
}
