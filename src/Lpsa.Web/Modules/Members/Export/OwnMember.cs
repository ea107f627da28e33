using System.Text.Json;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lpsa.Members;

/// <summary>One line of our own form, read: the rows of one person, ready to be written.</summary>
internal sealed record OwnMember(
    long Line,
    Guid Id,
    string Email,
    string Name,
    JsonElement Person,
    IReadOnlyDictionary<Type, IReadOnlyList<object?[]>> Rows,
    IReadOnlyList<Suppression> Suppressions
)
{
    private static readonly (string Name, Type Type, string Owner)[] Parts =
    [
        ("interests", typeof(MemberInterest), nameof(MemberInterest.MemberId)),
        ("periods", typeof(MemberPeriod), nameof(MemberPeriod.MemberId)),
        ("consents", typeof(MemberConsent), nameof(MemberConsent.MemberId)),
    ];

    /// <exception cref="JsonException">Something is missing or of the wrong form; the message names it.</exception>
    public static OwnMember Read(long line, JsonElement person, IModel model)
    {
        var account = person.GetProperty("account");
        var id = account.GetProperty("id").GetGuid();
        var email = OneLine(account, "email");
        if (!MailAddress.TryParse(email, OneLine(account, "name"), out _, out var problem))
            throw new JsonException($"account.email: {problem}");
        var said = person.GetProperty("member");
        OneLine(said, "institution");
        OneLine(said, "position");
        var rows = new Dictionary<Type, IReadOnlyList<object?[]>>
        {
            [typeof(Account)] = [Owned(typeof(Account), nameof(Account.Id), account)],
            [typeof(Member)] = [Owned(typeof(Member), nameof(Member.Id), said)],
        };
        foreach (var (name, type, owner) in Parts)
            rows[type] = [.. person.GetProperty(name).EnumerateArray().Select(r => Owned(type, owner, r))];
        return new OwnMember(line, id, email, OneLine(account, "name"), person, rows, [.. Stops(person)]);

        // Whose row it is follows from the account, whatever the row says: nobody gets another's consent.
        object?[] Owned(Type clr, string owner, JsonElement row)
        {
            var type = model.FindEntityType(clr)!;
            var values = EntityJson.Read(type, row);
            foreach (var (property, at) in type.GetProperties().Select((p, i) => (p, i)))
                if (property.Name == owner)
                    values[at] = id;
                else if (property.Name == nameof(Account.EmailKey))
                    values[at] = Account.KeyOf(email);
            return values;
        }
    }

    /// <summary>For a person who is here already: only what is empty is taken from it.</summary>
    public ImportedMember AsImported(string file)
    {
        var interests = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var interest in Person.GetProperty("interests").EnumerateArray())
        {
            var (axis, code) = (interest.GetProperty("axis").GetString()!, interest.GetProperty("code").GetString()!);
            interests[axis] = [.. interests.GetValueOrDefault(axis, []), code];
        }
        var member = Person.GetProperty("member");
        var hasLeft = member.GetProperty("state").GetString() != "member";
        return new ImportedMember(
            Line,
            Email,
            hasLeft ? ImportedState.Unsubscribed : ImportedState.Subscribed,
            new MemberChoices
            {
                Name = Name.Length > 0 ? Name : null,
                Country = Text("country"),
                Stakeholder = Text("stakeholder"),
                Institution = Text("institution"),
                Position = Text("position"),
                Interests = interests,
            },
            member.GetProperty("joinedAt").GetDateTime(),
            hasLeft && member.GetProperty("leftAt") is { ValueKind: JsonValueKind.String } left
                ? left.GetDateTime()
                : null,
            $"import:own, {file}",
            ""
        );

        string? Text(string name) => member.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static IEnumerable<Suppression> Stops(JsonElement person) =>
        person
            .GetProperty("suppressions")
            .EnumerateArray()
            .Select(s =>
                Suppression.Of(
                    "",
                    s.GetProperty("scope").GetString()!,
                    s.GetProperty("reason").Deserialize<SuppressionReason>(EntityJson.Options),
                    s.GetProperty("origin").GetString()!,
                    s.GetProperty("at").GetDateTime()
                )
            );

    private static string OneLine(JsonElement row, string name)
    {
        var text = row.GetProperty(name).GetString() ?? "";
        return text.Any(char.IsControl)
            ? throw new JsonException($"{name}: there is a line break or another control character in it")
            : text;
    }
}
