using System.Text;

namespace Lpsa.Platform;

internal enum BlockKind
{
    Text,
    Bullets,
    Numbers,
}

/// <summary>A finished block of Markdown, without blank lines around it.</summary>
/// <param name="Alternate">List written with the second kind of marker.</param>
internal sealed record MarkdownBlock(string Text, BlockKind Kind = BlockKind.Text, bool Alternate = false)
{
    public static string Join(IEnumerable<MarkdownBlock> blocks) => string.Join("\n\n", blocks.Select(b => b.Text));

    /// <summary>Puts <paramref name="first"/> before the first line and <paramref name="rest"/> before the others.</summary>
    public static string Indent(string text, string first, string rest)
    {
        var indented = new StringBuilder(text.Length + 64);
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var prefix = at == 0 ? first : rest;
            indented.Append(lines[at].Length == 0 ? prefix.TrimEnd() : prefix).Append(lines[at]);
            if (at < lines.Length - 1)
                indented.Append('\n');
        }
        return indented.ToString();
    }
}
