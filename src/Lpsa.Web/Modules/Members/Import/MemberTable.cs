using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>One table of people: which program wrote it, what its columns hold, and its rows, read once.</summary>
/// <param name="Format">As in the origin of a member: <c>mailchimp</c>, <c>listmonk</c>, <c>ghost</c>, <c>csv</c>, <c>excel</c>.</param>
/// <param name="State">What holds for all rows; null when each says it.</param>
/// <param name="HasGroups">A column of an unknown name is a group of interests.</param>
internal sealed record MemberTable(
    string Name,
    string Format,
    IReadOnlyList<string> Header,
    IReadOnlyList<MemberField?> Fields,
    ImportedState? State,
    bool HasGroups,
    IEnumerable<TableRow> Rows
)
{
    public string EmailHeader => Header[Fields.ToList().IndexOf(MemberField.Email)];

    /// <param name="map">Fields by folded header, where the usual names do not serve.</param>
    /// <exception cref="ImportException">No column holds addresses.</exception>
    public static MemberTable Of(
        string name,
        string kind,
        IEnumerable<TableRow> rows,
        IReadOnlyDictionary<string, MemberField> map,
        Action<string> ignored
    )
    {
        var reader = rows.GetEnumerator();
        if (!reader.MoveNext())
            throw new ImportException(name, 1, "the file is empty");
        var (line, header) = (reader.Current.Line, reader.Current.Cells.Select(h => h.Trim()).ToList());
        var fields = header
            .Select(h => map.TryGetValue(ColumnNames.Fold(h), out var said) ? said : ColumnNames.Find(h))
            .ToList();
        if (!fields.Contains(MemberField.Email))
            throw new ImportException(
                name,
                line,
                $"no column holds mail addresses; the columns are {string.Join(", ", header.Take(20))}. Say which one with --map COLUMN=email"
            );
        var folded = header.Select(ColumnNames.Fold).ToHashSet();
        var format = FormatOf(header, kind);
        foreach (var (column, field) in header.Zip(fields))
            if (field is null && format != "mailchimp" && column.Length > 0)
                ignored(column);
        return new MemberTable(
            name,
            format,
            header,
            fields,
            format == "mailchimp" ? AllOf(name, folded) : null,
            format == "mailchimp",
            Rest(reader)
        );
    }

    /// <summary>The program that wrote a table, by its columns; the kind of file where none is known by them.</summary>
    public static string FormatOf(IReadOnlyList<string> header, string kind)
    {
        var folded = header.Select(ColumnNames.Fold).ToHashSet();
        return folded.Contains("email address") && folded.Overlaps(["leid", "euid", "member rating", "optin time"])
                ? "mailchimp"
            : folded.Overlaps(["subscribed to emails", "complimentary plan", "stripe customer id"]) ? "ghost"
            : folded.Contains("attributes") ? "listmonk"
            : kind;
    }

    /// <summary>Mailchimp tells by the columns, and for people who never subscribed only by the name of the file.</summary>
    private static ImportedState AllOf(string name, HashSet<string> header)
    {
        var file = ColumnNames.Fold(Path.GetFileName(name)).Replace(" ", "");
        return header.Contains("clean time") || file.StartsWith("cleaned", StringComparison.Ordinal)
                ? ImportedState.Bounced
            : header.Contains("unsub time") || file.StartsWith("unsubscribed", StringComparison.Ordinal)
                ? ImportedState.Unsubscribed
            : file.StartsWith("nonsubscribed", StringComparison.Ordinal)
            || file.StartsWith("neversubscribed", StringComparison.Ordinal)
                ? ImportedState.NeverAsked
            : ImportedState.Subscribed;
    }

    private static IEnumerable<TableRow> Rest(IEnumerator<TableRow> reader)
    {
        using (reader)
            while (reader.MoveNext())
                yield return reader.Current;
    }
}
