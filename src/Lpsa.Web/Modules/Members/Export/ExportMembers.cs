using System.IO.Compression;
using System.Text.Json;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

internal enum MemberExportFormat
{
    Own,
    Mailchimp,
    Listmonk,
    Ghost,
}

/// <summary>Everything of one member that an export may need.</summary>
internal sealed record ExportedMember(
    Account Account,
    Member Member,
    IReadOnlyList<MemberConsent> Consents,
    IReadOnlyList<Suppression> Suppressions
)
{
    public Suppression? Stop => Suppressions.FirstOrDefault(s => s.Scope == Suppression.Bulk);

    /// <summary>May be written to by the newsletter program that the file is for.</summary>
    public bool IsSubscribed =>
        Member is { State: MemberState.Member, Newsletter: not Frequency.Never }
        && Account.ClosedAt is null
        && Stop is null
        && !Suppressions.Any(s => s.Scope == Channel.NewsletterCode);
}

/// <summary>Writes members to a file of our own form, which loses nothing, or of another program.</summary>
internal sealed class ExportMembers(PlatformDb db, MemberSecrets secrets, IVocabulary vocabulary)
{
    private const int BatchSize = 500;

    /// <param name="asArchive">For Mailchimp: a ZIP file of those subscribed, unsubscribed and cleaned.</param>
    /// <returns>How many people are in the file.</returns>
    public async Task<int> Write(Stream output, MemberExportFormat format, bool asArchive, CancellationToken cancel)
    {
        if (format == MemberExportFormat.Own)
            return await Own(output, cancel);
        if (format != MemberExportFormat.Mailchimp || !asArchive)
            return await Table(output, ForeignTable.Of(format), cancel);
        var count = 0;
        await using var archive = await ZipArchive.CreateAsync(
            output,
            ZipArchiveMode.Create,
            leaveOpen: true,
            null,
            cancel
        );
        foreach (var (name, table) in ForeignTable.MailchimpArchive)
        {
            await using var part = await archive.CreateEntry(name).OpenAsync(cancel);
            count += await Table(part, table, cancel);
        }
        return count;
    }

    private async Task<int> Table(Stream output, ForeignTable table, CancellationToken cancel)
    {
        await using var text = new StreamWriter(output, new System.Text.UTF8Encoding(false), 1 << 16, leaveOpen: true);
        text.NewLine = "\r\n";
        await text.WriteLineAsync(string.Join(',', table.Columns));
        var count = 0;
        await foreach (var member in All(cancel))
        {
            if (!table.Holds(member))
                continue;
            var cells = table
                .Cells(member, vocabulary)
                .Select(c => '"' + Spreadsheet.Harmless(c).Replace("\"", "\"\"") + '"');
            await text.WriteLineAsync(string.Join(',', cells));
            count++;
        }
        return count;
    }

    private async Task<int> Own(Stream output, CancellationToken cancel)
    {
        var head = new OwnMembers.Head(OwnMembers.Form, OwnMembers.Version, await secrets.Reveal(db, cancel));
        await Line(json => JsonSerializer.Serialize(json, head, EntityJson.Options));
        var (count, told) = (0, new HashSet<(string, string)>());
        await foreach (var person in All(cancel))
        {
            await Line(json => Write(json, person));
            told.UnionWith(person.Suppressions.Select(s => (s.AddressHash, s.Scope)));
            count++;
        }
        // Addresses of people who are no members; sorted here, because databases differ in what comes first.
        var stops = await db.Set<Suppression>().AsNoTracking().ToListAsync(cancel);
        foreach (
            var stop in stops
                .Where(s => !told.Contains((s.AddressHash, s.Scope)))
                .OrderBy(s => s.AddressHash, StringComparer.Ordinal)
                .ThenBy(s => s.Scope, StringComparer.Ordinal)
        )
            await Line(json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("suppression");
                EntityJson.Write(json, db.Model.FindEntityType(typeof(Suppression))!, stop);
                json.WriteEndObject();
            });
        return count;

        async Task Line(Action<Utf8JsonWriter> write)
        {
            var buffer = new MemoryStream();
            await using (
                var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = EntityJson.Options.Encoder })
            )
                write(json);
            buffer.WriteByte((byte)'\n');
            await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancel);
        }
    }

    private void Write(Utf8JsonWriter json, ExportedMember person)
    {
        json.WriteStartObject();
        json.WritePropertyName("account");
        EntityJson.Write(json, db.Model.FindEntityType(typeof(Account))!, person.Account);
        json.WritePropertyName("member");
        EntityJson.Write(json, db.Model.FindEntityType(typeof(Member))!, person.Member);
        List(
            "interests",
            person
                .Member.Interests.OrderBy(i => i.Axis, StringComparer.Ordinal)
                .ThenBy(i => i.Code, StringComparer.Ordinal)
        );
        List("periods", person.Member.Periods.OrderBy(p => p.StartedAt).ThenBy(p => p.Id));
        List("consents", person.Consents.OrderBy(c => c.At).ThenBy(c => c.Id));
        List("suppressions", person.Suppressions.OrderBy(s => s.Scope, StringComparer.Ordinal));
        json.WriteEndObject();

        void List<T>(string name, IEnumerable<T> rows)
            where T : class
        {
            json.WriteStartArray(name);
            foreach (var row in rows)
                EntityJson.Write(json, db.Model.FindEntityType(typeof(T))!, row);
            json.WriteEndArray();
        }
    }

    /// <summary>In the order of their ids, some hundred at a time.</summary>
    private async IAsyncEnumerable<ExportedMember> All(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        var ids = await db.Set<Member>().Select(m => m.Id).ToListAsync(cancel);
        ids.Sort();
        foreach (var part in ids.Chunk(BatchSize))
        {
            var members = await db.Set<Member>()
                .AsNoTracking()
                .Include(m => m.Interests)
                .Include(m => m.Periods)
                .AsSplitQuery()
                .Where(m => part.Contains(m.Id))
                .ToDictionaryAsync(m => m.Id, cancel);
            var accounts = await db.Set<Account>()
                .AsNoTracking()
                .Where(a => part.Contains(a.Id))
                .ToDictionaryAsync(a => a.Id, cancel);
            var consents = (
                await db.Set<MemberConsent>().AsNoTracking().Where(c => part.Contains(c.MemberId)).ToListAsync(cancel)
            ).ToLookup(c => c.MemberId);
            var hashes = await secrets.HashesOf(db, [.. part.Select(id => accounts[id].EmailKey)], cancel);
            var stops = (
                await db.Set<Suppression>()
                    .AsNoTracking()
                    .Where(s => hashes.Contains(s.AddressHash))
                    .ToListAsync(cancel)
            ).ToLookup(s => s.AddressHash);
            foreach (var (id, hash) in part.Zip(hashes))
                if (members.TryGetValue(id, out var member))
                    yield return new(accounts[id], member, [.. consents[id]], [.. stops[hash]]);
        }
    }
}
