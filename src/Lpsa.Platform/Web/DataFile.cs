using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;

namespace Lpsa.Platform;

/// <summary>A list as data: what stands under its address with <c>.csv</c> or <c>.json</c>.</summary>
public static class DataFile
{
    private static readonly JsonSerializerOptions Snake = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// RFC 4180 with a byte order mark, which Excel needs to read accents. Text that a spreadsheet would run as a formula
    /// is prefixed with an apostrophe.
    /// </summary>
    private static readonly CsvWriterOptions ForSpreadsheets = new()
    {
        NewLine = "\r\n",
        WriteByteOrderMark = true,
        Injection = CsvInjection.Escape,
    };

    /// <summary>One row for each item, one column for each property of its record.</summary>
    public static TextResult Csv<T>(IEnumerable<T> rows, string name)
    {
        var columns = typeof(T).GetProperties();
        return Csv(
            rows.Select(row => (IReadOnlyList<object?>)[.. columns.Select(c => c.GetValue(row))]),
            [.. columns.Select(c => SqlNames.Snake(c.Name))],
            name
        );
    }

    /// <summary>Rows whose columns are only known when they are written.</summary>
    public static TextResult Csv(IEnumerable<IReadOnlyList<object?>> rows, IReadOnlyList<string> columns, string name)
    {
        using var body = new MemoryStream();
        using (var csv = CsvWriter.Create(body, ForSpreadsheets, leaveOpen: true))
        {
            csv.WriteHeader([.. columns]);
            foreach (var row in rows)
            {
                foreach (var value in row)
                    csv.WriteField(value);
                csv.EndRecord();
            }
        }
        return new TextResult(body.ToArray(), "text/csv; charset=utf-8").Named(name + ".csv");
    }

    public static TextResult Json<T>(T value) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, Snake), "application/json; charset=utf-8");
}
