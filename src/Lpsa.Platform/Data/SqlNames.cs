using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>Table and column names: <c>PublishedAt</c> of an entity mapped to <c>posts</c> is <c>posts.published_at</c>.</summary>
public static class SqlNames
{
    internal const string JsonColumn = "Lpsa:Json";

    /// <summary>The text in this column is JSON: <c>jsonb</c> on PostgreSQL.</summary>
    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property) =>
        (PropertyBuilder<T>)property.HasAnnotation(JsonColumn, true);

    internal static void Apply(ModelBuilder model, bool postgres)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.Name));
                if (postgres && property.FindAnnotation(JsonColumn) is not null)
                    property.SetColumnType("jsonb");
            }
            foreach (var key in entity.GetKeys())
                key.SetName($"pk_{entity.GetTableName()}");
            foreach (var foreign in entity.GetForeignKeys())
                foreign.SetConstraintName($"fk_{entity.GetTableName()}_{Snake(foreign.Properties[0].Name)}");
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(
                    $"ix_{entity.GetTableName()}_{string.Join('_', index.Properties.Select(p => Snake(p.Name)))}"
                );
        }
    }

    public static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && !char.IsUpper(name[i - 1]))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}
