using System.Globalization;
using System.Net;
using System.Text.Json;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>Turns rows of one file into what they say of a person. What cannot be taken goes into the report.</summary>
internal sealed class MemberRowReader(
    MemberTable table,
    IVocabulary vocabulary,
    MemberImportReport report,
    DateTime now
)
{
    private const int LongestName = 120;
    private const int LongestText = 200;

    /// <summary>Before this nobody joined anything by a web form that is still used.</summary>
    private static readonly DateTime Earliest = new(1995, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] TimeForms =
    [
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd",
        "yyyy/MM/dd HH:mm:ss",
        "yyyy/MM/dd",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzz",
        "yyyy-MM-dd HH:mm:ssK",
    ];

    private readonly Dictionary<(string, string), string?> found = [];
    private Dictionary<MemberField, (string Column, string Value)> cells = [];
    private long line;
    private bool isRejected;

    /// <returns>Null when the row is rejected.</returns>
    public ImportedMember? Read(TableRow row)
    {
        (line, isRejected) = (row.Line, false);
        cells = [];
        if (row.Cells.Count > table.Header.Count && row.Cells.Skip(table.Header.Count).Any(c => c.Length > 0))
            Reject("row", row.Cells[0], $"The row has {row.Cells.Count} cells and the header {table.Header.Count}.");
        var groups = new List<(string Column, string Value)>();
        for (var at = 0; at < Math.Min(row.Cells.Count, table.Header.Count); at++)
        {
            var value = Spreadsheet.Bare(row.Cells[at]).Trim();
            if (value.Length == 0)
                continue;
            if (table.Fields[at] is { } field)
                cells.TryAdd(field, (table.Header[at], value));
            else if (table.HasGroups)
                groups.Add((table.Header[at], value));
        }
        if (cells.Remove(MemberField.Attributes, out var attributes))
            ReadAttributes(attributes.Column, attributes.Value);
        var email = Email();
        var state = State();
        var asked = Time(MemberField.AskedAt);
        var confirmed = Time(MemberField.ConfirmedAt);
        var ended = Time(state == ImportedState.Bounced ? MemberField.BouncedAt : MemberField.EndedAt);
        var choices = state == ImportedState.Subscribed ? Choices(groups) : new MemberChoices();
        return isRejected
            ? null
            : new ImportedMember(
                line,
                email,
                state,
                choices,
                confirmed ?? asked,
                ended,
                Evidence(asked, confirmed),
                NetworkOf(MemberField.ConfirmedFrom) is { Length: > 0 } network
                    ? network
                    : NetworkOf(MemberField.AskedFrom)
            );
    }

    private string? Value(MemberField field) => cells.TryGetValue(field, out var cell) ? cell.Value : null;

    private void Reject(string column, string value, string reason)
    {
        // One row is counted once, whatever is wrong with it.
        if (!isRejected)
            report.Reject(table.Name, line, column, value, reason);
        isRejected = true;
    }

    private void Lose(string column, string value, string reason) =>
        report.Lose(table.Name, line, column, value, reason);

    private string Email()
    {
        var (column, value) = cells.GetValueOrDefault(MemberField.Email, (table.EmailHeader, ""));
        if (value.Contains('\uFFFD'))
            Reject(column, value, "The letters of this row are not those of the rest of the file.");
        else if (!MailAddress.TryParse(value, "", out _, out var problem))
            Reject(column, value, problem);
        return value;
    }

    private string? Text(MemberField field, int longest)
    {
        if (!cells.TryGetValue(field, out var cell))
            return null;
        var (column, value) = cell;
        if (value.Any(char.IsControl))
            Reject(column, value, "There is a line break or another control character in it; write it on one line.");
        else if (value.Contains('\uFFFD'))
            Reject(column, value, "The letters of this row are not those of the rest of the file.");
        else if (value.Length > longest)
            Reject(column, value, $"It has {value.Length} characters; at most {longest} are kept.");
        return value;
    }

    private ImportedState State()
    {
        if (table.State is { } whole)
            return whole == ImportedState.Unsubscribed && IsComplaint() ? ImportedState.Complained : whole;
        if (Value(MemberField.DeletedAt) is not null)
            return ImportedState.NeverAsked;
        if (Value(MemberField.BouncedAt) is not null)
            return ImportedState.Bounced;
        if (Value(MemberField.EndedAt) is not null)
            return ImportedState.Unsubscribed;
        if (Value(MemberField.Subscribed) is { } subscribed)
            return ColumnNames.Fold(subscribed) is "true" or "1" or "yes" or "oui" or "si" or "sim" or "نعم"
                ? ImportedState.Subscribed
                : ImportedState.Unsubscribed;
        return ColumnNames.Fold(Value(MemberField.Status) ?? "") switch
        {
            "" or "enabled" or "subscribed" or "active" or "confirmed" or "member" => ImportedState.Subscribed,
            "unsubscribed" or "blocklisted" or "left" or "optout" => ImportedState.Unsubscribed,
            "cleaned" or "bounced" => ImportedState.Bounced,
            "complained" or "spam" => ImportedState.Complained,
            _ => ImportedState.NeverAsked,
        };
    }

    private bool IsComplaint() =>
        ColumnNames.Fold(Value(MemberField.EndReason) ?? "") is var reason
        && (reason.Contains("abuse", StringComparison.Ordinal) || reason.Contains("spam", StringComparison.Ordinal));

    private MemberChoices Choices(List<(string Column, string Value)> groups)
    {
        var interests = new Dictionary<string, IReadOnlyList<string>>();
        Codes(MemberField.Themes, Axes.Theme);
        Codes(MemberField.Regions, Axes.Region);
        Codes(MemberField.Sectors, Axes.Sector);
        Codes(MemberField.Objectives, Axes.Objective);
        if (cells.TryGetValue(MemberField.Tags, out var tags))
            foreach (var tag in TagList.Read(tags.Value))
                if (!Anywhere(tag))
                    Lose(tags.Column, tag, "Nothing here is called so; the tag is not kept.");
        foreach (var (column, value) in groups)
            if (!TagList.Read(value).Select(Anywhere).ToList().Contains(true))
                Lose(column, "", "Nothing is known to belong into this column; it is not kept where it fits nothing.");
        if (Value(MemberField.Languages) is { } languages)
            interests[InterestAxes.Language] =
            [
                .. TagList.Read(languages).Select(LanguageOf).OfType<string>().Distinct(),
            ];
        var name = Text(MemberField.Name, LongestName);
        var (first, last) = (Text(MemberField.FirstName, LongestName), Text(MemberField.LastName, LongestName));
        name ??=
            first is null ? last
            : last is null ? first
            : first + " " + last;
        if (!isRejected && name?.Length > LongestName)
            Reject(
                cells[MemberField.LastName].Column,
                name,
                $"The name has {name.Length} characters; at most {LongestName} are kept."
            );
        return new MemberChoices
        {
            Name = name,
            Language = Value(MemberField.Language) is { } language ? LanguageOf(language) : null,
            Country =
                One(MemberField.Country, Axes.Country)
                ?? (Value(MemberField.CountryGuess) is { } guess ? Find(Axes.Country, guess) : null),
            Stakeholder = One(MemberField.Stakeholder, Axes.Stakeholder),
            Institution = Text(MemberField.Institution, LongestText),
            Position = Text(MemberField.Position, LongestText),
            Interests = interests,
        };

        void Codes(MemberField field, string axis)
        {
            if (cells.TryGetValue(field, out var cell))
                foreach (var said in TagList.Read(cell.Value))
                    if (Find(axis, said) is { } code)
                        Add(axis, code);
                    else if (!Anywhere(said))
                        Lose(cell.Column, said, "Nothing here is called so; it is not kept.");
        }

        bool Anywhere(string said)
        {
            foreach (var axis in (string[])[Axes.Theme, Axes.Sector, Axes.Region, Axes.Objective])
                if (Find(axis, said) is { } code)
                {
                    Add(axis, code);
                    return true;
                }
            return false;
        }

        void Add(string axis, string code)
        {
            var codes = interests.GetValueOrDefault(axis, []);
            if (!codes.Contains(code))
                interests[axis] = [.. codes, code];
        }
    }

    private string? One(MemberField field, string axis)
    {
        if (!cells.TryGetValue(field, out var cell))
            return null;
        var code = Find(axis, cell.Value);
        if (code is null)
            Lose(cell.Column, cell.Value, "Nothing here is called so; it is not kept.");
        return code;
    }

    private string? Find(string axis, string name)
    {
        // A file has the same few names on a hundred thousand rows.
        if (found.TryGetValue((axis, name), out var known))
            return known;
        var code = vocabulary.Find(axis, name) ?? vocabulary.Get(axis, name, "en")?.Code;
        return found.Count < 10_000 ? found[(axis, name)] = code : code;
    }

    private static string? LanguageOf(string said)
    {
        var code = said.Trim().ToLowerInvariant().Split('_', '-')[0];
        var folded = ColumnNames.Fold(said);
        return (
            Language.Find(code)
            ?? Language.All.FirstOrDefault(l =>
                ColumnNames.Fold(l.Name) == folded || Fits(l.Culture.EnglishName, folded)
            )
        )?.Code;

        static bool Fits(string english, string folded) => ColumnNames.Fold(english.Split(' ')[0]) == folded;
    }

    private DateTime? Time(MemberField field)
    {
        if (!cells.TryGetValue(field, out var cell))
            return null;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(cell.Value, TimeForms, CultureInfo.InvariantCulture, utc, out var time))
            Lose(
                cell.Column,
                cell.Value,
                "It is not a time of the form 2019-03-31 14:05:00; the time of the import counts."
            );
        else if (time < Earliest || time > now.AddDays(1))
            Lose(cell.Column, cell.Value, "Nobody can have joined then; the time of the import counts.");
        else
            return time > now ? now : time;
        return null;
    }

    private string Evidence(DateTime? asked, DateTime? confirmed)
    {
        var said = $"import:{table.Format}, {table.Name}";
        if (asked is { } a)
            said += FormattableString.Invariant($", asked {a:yyyy-MM-dd HH:mm:ss} UTC");
        return confirmed is { } c
            ? said + FormattableString.Invariant($", confirmed {c:yyyy-MM-dd HH:mm:ss} UTC")
            : said;
    }

    private string NetworkOf(MemberField field) =>
        IPAddress.TryParse(Value(field), out var address) ? Throttle.NetworkOf(address) : "";

    /// <summary>listmonk keeps everything but the name in one cell of JSON.</summary>
    private void ReadAttributes(string column, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var given in document.RootElement.EnumerateObject())
                if (ColumnNames.Find(given.Name) is { } field and not MemberField.Attributes and not MemberField.Email)
                {
                    if (Said(given.Value) is { Length: > 0 } value)
                        cells.TryAdd(field, ($"{column}.{given.Name}", value));
                }
                else
                    Lose($"{column}.{given.Name}", "", "Nothing is known to belong into this field; it is not kept.");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            Reject(column, json, "It is not a JSON object.");
        }

        static string Said(JsonElement value) =>
            value.ValueKind switch
            {
                JsonValueKind.Array => TagList.Write(value.EnumerateArray().Select(v => v.ToString())),
                JsonValueKind.Null => "",
                _ => value.ToString().Trim(),
            };
    }
}
