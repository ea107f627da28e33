using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>One change of an audited entity: only the columns that differ, before and after, as JSON objects.</summary>
internal sealed record AuditedChange(string Action, string Entity, string EntityId, string? Before, string? After)
{
    internal const string Annotation = "Lpsa:Audited";

    internal const string HiddenAnnotation = "Lpsa:AuditHidden";

    /// <summary>Stands for a value that identifies a person: the log cannot be changed, so erasing could not reach it there.</summary>
    internal const string Hidden = "•";

    internal static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static AuditedChange? Of(EntityEntry entry)
    {
        if (entry.Metadata.FindAnnotation(Annotation) is null)
            return null;
        var hidden = entry.Metadata.FindAnnotation(HiddenAnnotation)?.Value as string[] ?? [];
        var before = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        var after = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in entry.Properties)
        {
            if (
                entry.State == EntityState.Modified
                && (!property.IsModified || Equals(property.OriginalValue, property.CurrentValue))
            )
                continue;
            if (entry.State != EntityState.Added)
                before[property.Metadata.Name] = Shown(property.Metadata.Name, property.OriginalValue);
            if (entry.State != EntityState.Deleted)
                after[property.Metadata.Name] = Shown(property.Metadata.Name, property.CurrentValue);
        }
        if (before.Count == 0 && after.Count == 0)
            return null;
        var action = entry.State switch
        {
            EntityState.Added => "create",
            EntityState.Deleted => "delete",
            _ => "update",
        };
        var id = string.Join(
            '/',
            entry.Metadata.FindPrimaryKey()!.Properties.Select(p => entry.Property(p.Name).CurrentValue)
        );
        return new AuditedChange(action, entry.Metadata.GetTableName()!, id, Json(before), Json(after));

        object? Shown(string name, object? value) => hidden.Contains(name) ? Hidden : value;
    }

    private static string? Json(SortedDictionary<string, object?> values) =>
        values.Count == 0 ? null : JsonSerializer.Serialize(values, Readable);
}

public static class AuditMapping
{
    /// <summary>Every change of this entity goes into the audit log.</summary>
    /// <param name="hidden">Properties of which the log says only that they changed.</param>
    public static EntityTypeBuilder<T> IsAudited<T>(this EntityTypeBuilder<T> entity, params string[] hidden)
        where T : class =>
        entity.HasAnnotation(AuditedChange.Annotation, true).HasAnnotation(AuditedChange.HiddenAnnotation, hidden);
}
