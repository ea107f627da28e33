using System.Text.Json;

namespace Lpsa.Places;

/// <summary>The data files embedded in the product (see Data/SOURCES.md).</summary>
public static class ShippedFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
    };

    public static T Read<T>(string name)
    {
        using var file =
            typeof(ShippedFile).Assembly.GetManifestResourceStream("data/" + name)
            ?? throw new InvalidOperationException($"The product was built without its data file {name}.");
        return JsonSerializer.Deserialize<T>(file, Options)!;
    }
}
