using Lpsa.Platform;

namespace Lpsa.Organisations;

/// <summary>What people typed, as it is kept: nothing invisible that would turn the text around it or break a header.</summary>
static class PlainText
{
    /// <summary>One line: a line break in a name would end the subject of a letter.</summary>
    public static string Line(string typed) =>
        string.Join(' ', Text(typed).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Several lines, without control characters.</summary>
    public static string Text(string typed) =>
        string.Concat(WellFormedText.Of(typed).Where(c => !TurnsDirection(c))).Trim();

    // Embeddings, overrides and isolates of the bidirectional algorithm (Unicode UAX 9): one left open in a name
    // reverses what stands after it. Marks and joiners stay, because Arabic and Persian spelling needs them.
    private static bool TurnsDirection(char c) => c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}
