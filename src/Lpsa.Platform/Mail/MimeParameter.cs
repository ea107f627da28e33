using System.Text;
using System.Text.RegularExpressions;

namespace Lpsa.Platform;

/// <summary>A parameter of a MIME header whose value may be in any script and of any length (RFC 2231).</summary>
internal static partial class MimeParameter
{
    private const int LongestPiece = 50;

    public static void Write(HeaderLine line, string name, string value)
    {
        if (value.Length <= LongestPiece && PlainPattern().IsMatch(value))
        {
            line.Word($"{name}=\"{value}\"");
            return;
        }

        var pieces = Pieces(value);
        if (pieces.Count == 1)
        {
            line.Word($"{name}*=utf-8''{pieces[0]}");
            return;
        }
        for (var at = 0; at < pieces.Count; at++)
            line.Word($"{name}*{at}*={(at == 0 ? "utf-8''" : "")}{pieces[at]}{(at < pieces.Count - 1 ? ";" : "")}");
    }

    private static List<string> Pieces(string value)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var encoded = "";
            if (rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '-' or '_'))
                encoded = rune.ToString();
            else
                foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
                    encoded += "%" + octet.ToString("X2");
            if (piece.Length + encoded.Length > LongestPiece)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            piece.Append(encoded);
        }
        pieces.Add(piece.ToString());
        return pieces;
    }

    // Single words and spaces: readers disagree on quotes, backslashes and spaces at an end inside a quoted value.
    [GeneratedRegex(@"^(?!.*=\?)[!#-\[\]-~]+( [!#-\[\]-~]+)*\z")]
    private static partial Regex PlainPattern();
}
