using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lpsa.Members;

/// <summary>A row as a JSON object, by the model: a field added to an entity is in the file without being named here.</summary>
static class EntityJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Utf8JsonWriter json, IEntityType type, object entity)
    {
        json.WriteStartObject();
        foreach (var property in type.GetProperties())
        {
            json.WritePropertyName(NameOf(property));
            JsonSerializer.Serialize(json, property.GetGetter().GetClrValue(entity), property.ClrType, Options);
        }
        json.WriteEndObject();
    }

    /// <returns>Values in the order of the properties of the type.</returns>
    /// <exception cref="JsonException">A value is missing or of the wrong form; the message names it.</exception>
    public static object?[] Read(IEntityType type, JsonElement row)
    {
        return [.. type.GetProperties().Select(Value)];

        object? Value(IProperty property)
        {
            var name = $"{type.ClrType.Name}.{NameOf(property)}";
            if (row.ValueKind != JsonValueKind.Object)
                throw new JsonException($"{name}: there is no object");
            if (!row.TryGetProperty(NameOf(property), out var value))
                return property.IsNullable ? null : throw new JsonException($"{name}: it is missing");
            if (value.ValueKind == JsonValueKind.Null && !property.IsNullable)
                throw new JsonException($"{name}: it is empty");
            try
            {
                return value.Deserialize(property.ClrType, Options);
            }
            catch (Exception wrong) when (wrong is JsonException or FormatException)
            {
                throw new JsonException($"{name}: {value} is not of the right form");
            }
        }
    }

    public static string NameOf(IProperty property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
