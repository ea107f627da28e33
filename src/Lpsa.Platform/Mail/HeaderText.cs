using System.Text;

namespace Lpsa.Platform;

/// <summary>What may stand in a mail header. One line break let through would let a stranger add headers or recipients.</summary>
internal static class HeaderText
{
    /// <summary>The value, when it can stand on a header line.</summary>
    /// <exception cref="ArgumentException">It holds a line break or another control character; names the field and place.</exception>
    public static string Checked(string value, string field)
    {
        ArgumentNullException.ThrowIfNull(value, field);
        if (Fault(value) is { } fault)
            throw new ArgumentException($"{field} {fault}", field);
        return value;
    }

    /// <summary>What is wrong with a value, as the end of a sentence; null when it is fine.</summary>
    public static string? Fault(string value)
    {
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] is '\r' or '\n')
                return $"has a line break at character {at + 1}; mail headers are one line.";
            if (char.IsControl(value[at]))
                return $"has a control character (U+{(int)value[at]:X4}) at character {at + 1}.";
        }
        return HasLoneSurrogate(value) ? "holds half of a character (a lone surrogate)." : null;
    }

    private static bool HasLoneSurrogate(string value)
    {
        for (var rest = value.AsSpan(); !rest.IsEmpty; )
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
                return true;
            rest = rest[used..];
        }
        return false;
    }
}
