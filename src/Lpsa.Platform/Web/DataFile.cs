using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

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
    public static TextResult Csv<T>(IEnumerable<T> rows, string name)
    {
        using var body = new MemoryStream();
        using (var text = new StreamWriter(body, new System.Text.UTF8Encoding(true), leaveOpen: true))
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, InjectionEscapeCharacter = '\'', NewLine = "\r\n" }))
        {
            foreach (var property in typeof(T).GetProperties())
                csv.WriteField(SqlNames.Snake(property.Name));
            csv.NextRecord();
            foreach (var row in rows)
            {
                foreach (var property in typeof(T).GetProperties())
                    csv.WriteField(property.GetValue(row));
                csv.NextRecord();
            }
        }
        return new TextResult(body.ToArray(), "text/csv; charset=utf-8").Named(name + ".csv");
    }

    public static TextResult Json<T>(T value) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, Snake), "application/json; charset=utf-8");
}
