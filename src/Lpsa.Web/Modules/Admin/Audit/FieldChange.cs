using System.Text.Json;

namespace Lpsa.Admin;

/// <summary>One column of a changed row, as text; null where there was nothing before or is nothing after.</summary>
public sealed record FieldChange(string Field, string? Before, string? After)
{
    /// <param name="before">JSON object of the log; null for a new row.</param>
    /// <param name="after">JSON object of the log; null for a deleted row.</param>
    public static IReadOnlyList<FieldChange> Between(string? before, string? after)
    {
        var (old, current) = (Read(before), Read(after));
        return
        [
            .. old
                .Keys.Union(current.Keys)
                .Order(StringComparer.Ordinal)
                .Select(k => new FieldChange(k, old.GetValueOrDefault(k), current.GetValueOrDefault(k))),
        ];
    }

    private static Dictionary<string, string?> Read(string? json)
    {
        if (json is null)
            return [];
        using var document = JsonDocument.Parse(json);
        return document
            .RootElement.EnumerateObject()
            .ToDictionary(
                p => p.Name,
                p =>
                    p.Value.ValueKind switch
                    {
                        JsonValueKind.Null => null,
                        JsonValueKind.String => p.Value.GetString(),
                        _ => p.Value.GetRawText(),
                    }
            );
    }
}
