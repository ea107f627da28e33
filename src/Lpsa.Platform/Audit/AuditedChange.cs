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

    internal static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static AuditedChange? Of(EntityEntry entry)
    {
        if (entry.Metadata.FindAnnotation(Annotation) is null)
            return null;
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
                before[property.Metadata.Name] = property.OriginalValue;
            if (entry.State != EntityState.Deleted)
                after[property.Metadata.Name] = property.CurrentValue;
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
    }

    private static string? Json(SortedDictionary<string, object?> values) =>
        values.Count == 0 ? null : JsonSerializer.Serialize(values, Readable);
}

public static class AuditMapping
{
    /// <summary>Every change of this entity goes into the audit log.</summary>
    public static EntityTypeBuilder<T> IsAudited<T>(this EntityTypeBuilder<T> entity)
        where T : class => entity.HasAnnotation(AuditedChange.Annotation, true);
}
