using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lpsa.Platform;

namespace Lpsa.Places;

public static class JsonText
{
    // Readable scripts instead of escapes: an Arabic list is a third of the size.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static TextResult Result<T>(T value) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, Options), "application/json; charset=utf-8");
}
