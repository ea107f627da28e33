using System.Text;
using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>Comma-separated values after RFC 4180, with a byte order mark so that spreadsheets read the accents.</summary>
public static class CsvText
{
    public static TextResult Result(IEnumerable<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return TextResult.Of(text.ToString(), "text/csv; charset=utf-8");
    }

    private static string Cell(string? value) =>
        value is null ? ""
        : value.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{value.Replace("\"", "\"\"")}\""
        : value;
}
