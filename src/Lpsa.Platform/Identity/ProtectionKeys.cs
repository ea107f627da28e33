using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>A key that protects cookies and antiforgery tokens; in the database so that every node has it.</summary>
public sealed class ProtectionKey
{
    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public string Xml { get; private set; } = "";

    internal static ProtectionKey Of(XElement element, string name) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            Xml = element.ToString(SaveOptions.DisableFormatting),
        };

    internal sealed class Map : IEntityTypeConfiguration<ProtectionKey>
    {
        public void Configure(EntityTypeBuilder<ProtectionKey> entity)
        {
            entity.ToTable("protection_keys");
            entity.Property(k => k.Id).ValueGeneratedNever();
        }
    }
}

internal sealed class ProtectionKeyStore(DatabaseSettings database) : IXmlRepository
{
    // The key ring reads synchronously at the first request; a plain connection keeps the context async-only.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = Connections.Open(database);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT xml FROM protection_keys";
        using var rows = command.ExecuteReader();
        var keys = new List<XElement>();
        while (rows.Read())
            keys.Add(XElement.Parse(rows.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var key = ProtectionKey.Of(element, friendlyName);
        using var connection = Connections.Open(database);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO protection_keys (id, name, xml) VALUES (@id, @name, @xml)";
        foreach (
            var (name, value) in new (string, object)[] { ("@id", Id(key)), ("@name", key.Name), ("@xml", key.Xml) }
        )
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        command.ExecuteNonQuery();
    }

    private object Id(ProtectionKey key) =>
        database.Kind == DatabaseKind.Postgres ? key.Id : key.Id.ToString().ToUpperInvariant();
}
