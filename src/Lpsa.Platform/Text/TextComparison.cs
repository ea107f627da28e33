using System.Text.RegularExpressions;
using DiffPlex;

namespace Lpsa.Platform;

public enum ChangeKind
{
    Same,
    Removed,
    Added,
}

/// <summary>A run of text that both versions have, or only one.</summary>
public sealed record TextChange(ChangeKind Kind, string Text);

/// <summary>What differs between two texts, word by word.</summary>
public static partial class TextComparison
{
    /// <summary>Above this many characters whole lines are compared: words of a book would take seconds.</summary>
    private const int LongestByWord = 60_000;

    public static IReadOnlyList<TextChange> Of(string before, string after)
    {
        var pieces = before.Length + after.Length > LongestByWord ? Lines() : Words();
        var result = new Differ().CreateCustomDiffs(
            before,
            after,
            false,
            false,
            text => [.. pieces.Matches(text).Select(m => m.Value)]
        );
        var changes = new List<TextChange>();
        var at = 0;
        foreach (var block in result.DiffBlocks)
        {
            Add(ChangeKind.Same, result.PiecesOld, at, block.DeleteStartA - at);
            Add(ChangeKind.Removed, result.PiecesOld, block.DeleteStartA, block.DeleteCountA);
            Add(ChangeKind.Added, result.PiecesNew, block.InsertStartB, block.InsertCountB);
            at = block.DeleteStartA + block.DeleteCountA;
        }
        Add(ChangeKind.Same, result.PiecesOld, at, result.PiecesOld.Length - at);
        return changes;

        void Add(ChangeKind kind, IReadOnlyList<string> pieces, int start, int count)
        {
            if (count > 0)
                changes.Add(new TextChange(kind, string.Concat(pieces.Skip(start).Take(count))));
        }
    }

    [GeneratedRegex(@"\w+|\s+|[^\w\s]")]
    private static partial Regex Words();

    [GeneratedRegex(@"[^\n]*\n|[^\n]+")]
    private static partial Regex Lines();
}
