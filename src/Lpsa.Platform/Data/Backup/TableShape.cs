using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace Lpsa.Platform;

/// <summary>One table as a backup sees it: its columns, and how their values travel between databases as JSON.</summary>
internal sealed record TableShape(string Name, IReadOnlyList<TableShape.Column> Columns)
{
    internal sealed record Column(string Name, Type Type, bool IsJson);

    /// <summary>Every mapped table except the pieces of files, which travel as files.</summary>
    public static IReadOnlyList<TableShape> Of(PlatformDb db) =>
        [
            .. db.GetService<IDesignTimeModel>()
                .Model.GetRelationalModel()
                .Tables.Where(t => t.Name != "file_chunks")
                .OrderBy(t => t.Name, StringComparer.Ordinal)
                .Select(t => new TableShape(t.Name, [.. t.Columns.Select(Shape)])),
        ];

    private static Column Shape(IColumn column)
    {
        var property = column.PropertyMappings[0].Property;
        var converter = property.GetTypeMapping().Converter;
        var type = converter?.ProviderClrType ?? property.ClrType;
        return new Column(
            column.Name,
            Nullable.GetUnderlyingType(type) ?? type,
            property.FindAnnotation(SqlNames.JsonColumn) is not null
        );
    }

    public string SelectAll => $"SELECT {string.Join(", ", Columns.Select(c => $"\"{c.Name}\""))} FROM \"{Name}\"";

    public string Insert =>
        $"INSERT INTO \"{Name}\" ({string.Join(", ", Columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", Columns.Select((_, i) => "@p" + i))})";

    public void Write(DbDataReader row, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        for (var i = 0; i < Columns.Count; i++)
            if (row.IsDBNull(i))
                json.WriteNullValue();
            else
                Write(row, i, Columns[i].Type, json);
        json.WriteEndArray();
    }

    private static void Write(DbDataReader row, int i, Type type, Utf8JsonWriter json)
    {
        if (type == typeof(string))
            json.WriteStringValue(row.GetString(i));
        else if (type == typeof(Guid))
            json.WriteStringValue(row.GetGuid(i));
        else if (type == typeof(bool))
            json.WriteBooleanValue(row.GetBoolean(i));
        else if (type == typeof(int) || type == typeof(long) || type == typeof(short))
            json.WriteNumberValue(row.GetInt64(i));
        else if (type == typeof(double))
            // Text, because JSON has no word for infinity or for what is not a number.
            json.WriteStringValue(row.GetDouble(i).ToString("R", CultureInfo.InvariantCulture));
        else if (type == typeof(decimal))
            json.WriteStringValue(row.GetDecimal(i).ToString(CultureInfo.InvariantCulture));
        else if (type == typeof(DateTime))
            json.WriteStringValue(DateTime.SpecifyKind(row.GetDateTime(i), DateTimeKind.Utc).ToString("O"));
        else if (type == typeof(DateOnly))
            json.WriteStringValue(row.GetFieldValue<DateOnly>(i).ToString("O", CultureInfo.InvariantCulture));
        else if (type == typeof(byte[]))
            json.WriteBase64StringValue(row.GetFieldValue<byte[]>(i));
        else
            throw new NotSupportedException($"A backup has no form for columns of type {type}.");
    }

    /// <summary>The parameters of <see cref="Insert"/> for one row of the backup.</summary>
    /// <exception cref="BackupException">The row does not fit the table.</exception>
    public void Bind(DbCommand command, JsonElement row, IReadOnlyList<int> order, bool postgres)
    {
        command.Parameters.Clear();
        for (var i = 0; i < Columns.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + i;
            var value = order[i] < 0 ? default : row[order[i]];
            parameter.Value = value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
                ? DBNull.Value
                : Read(value, Columns[i].Type);
            if (postgres && Columns[i].IsJson)
                ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Jsonb;
            command.Parameters.Add(parameter);
        }
    }

    private static object Read(JsonElement value, Type type)
    {
        if (type == typeof(string))
            return value.GetString()!;
        if (type == typeof(Guid))
            return value.GetGuid();
        if (type == typeof(bool))
            return value.GetBoolean();
        if (type == typeof(int) || type == typeof(short))
            return value.GetInt32();
        if (type == typeof(long))
            return value.GetInt64();
        if (type == typeof(double))
            return double.Parse(value.GetString()!, CultureInfo.InvariantCulture);
        if (type == typeof(decimal))
            return decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture);
        if (type == typeof(DateTime))
            return DateTime.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        if (type == typeof(DateOnly))
            return DateOnly.Parse(value.GetString()!, CultureInfo.InvariantCulture);
        return value.GetBytesFromBase64();
    }
}
