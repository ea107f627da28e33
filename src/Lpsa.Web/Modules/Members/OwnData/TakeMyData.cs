using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>Everything held about a person in one archive: JSON for programs, a plain page for people.</summary>
public static class TakeMyData
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private const string Style =
        "body{font:1rem/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold}dd{margin-inline-start:1.5rem}";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/account/data.zip", Get).RequiresSignIn();

    static async Task<IResult> Get(
        Viewer viewer,
        HttpContext http,
        PlatformDb db,
        ModuleRegistry modules,
        CancellationToken cancel
    )
    {
        var all = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var hook in modules.PersonalData)
            if (await hook.Export(db, viewer.AccountId!.Value, cancel) is { } held)
                all[hook.Name] = held;
        var json = JsonSerializer.SerializeToUtf8Bytes(all, Readable);
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            await Write(archive, "my-data.json", json);
            await Write(archive, "my-data.html", Encoding.UTF8.GetBytes(Page(json, http.Texts())));
        }
        http.Response.Headers.CacheControl = "no-store";
        return new TextResult(bytes.ToArray(), "application/zip").Named("my-data.zip");

        async Task Write(ZipArchive to, string name, byte[] content)
        {
            await using var entry = to.CreateEntry(name).Open();
            await entry.WriteAsync(content, cancel);
        }
    }

    /// <summary>Nested lists of names and values: opens anywhere, in ten years too.</summary>
    private static string Page(byte[] json, Texts texts)
    {
        var title = HtmlEncoder.Default.Encode(texts.Say("Everything we hold about you"));
        var html = new StringBuilder(
            $"<!DOCTYPE html><html lang=\"{texts.Language.Code}\" dir=\"{texts.Language.Direction}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><style>{Style}</style><title>{title}</title><h1>{title}</h1>"
        );
        using var read = JsonDocument.Parse(json);
        Add(html, read.RootElement);
        return html.Append("</html>").ToString();
    }

    private static void Add(StringBuilder html, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                html.Append("<dl>");
                foreach (var member in value.EnumerateObject().Where(m => !IsEmpty(m.Value)))
                {
                    html.Append("<dt>").Append(HtmlEncoder.Default.Encode(Words(member.Name))).Append("</dt><dd>");
                    Add(html, member.Value);
                    html.Append("</dd>");
                }
                html.Append("</dl>");
                break;
            case JsonValueKind.Array:
                html.Append("<ol>");
                foreach (var item in value.EnumerateArray())
                {
                    html.Append("<li>");
                    Add(html, item);
                    html.Append("</li>");
                }
                html.Append("</ol>");
                break;
            default:
                html.Append(HtmlEncoder.Default.Encode(Plain(value)));
                break;
        }
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.String => value.ValueEquals(""),
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.Object => value.EnumerateObject().All(m => IsEmpty(m.Value)),
            _ => false,
        };

    /// <summary><c>changesOfAddress</c> as a person writes it.</summary>
    private static string Words(string name) =>
        string.Concat(
            name.Select(
                (c, i) =>
                    i > 0 && char.IsUpper(c) && char.IsLower(name[i - 1])
                        ? " " + char.ToLowerInvariant(c)
                        : c.ToString()
            )
        );

    /// <summary>An instant to the minute; the JSON beside this page has it whole.</summary>
    private static string Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.TryGetDateTime(out var at) && at.Kind == DateTimeKind.Utc
            ? at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : value.ToString();
}
