using System.Globalization;
using System.Text;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// Which members are meant, as it stands in an address. Several values of one field mean one or the other, different
/// fields mean both. Every field is known here: an address can ask for nothing else, and nothing of it becomes SQL.
/// </summary>
public sealed record MemberFilter
{
    private static readonly IReadOnlyList<string> Fields =
    [
        "state",
        Axes.Country,
        Axes.Stakeholder,
        "origin",
        "channel",
        .. InterestAxes.All,
    ];

    private IReadOnlyDictionary<string, IReadOnlyList<string>> Chosen { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Part of a name, an address or an institution.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Members on this day, at its end in UTC, whatever became of them; null: the records as they are.</summary>
    public DateOnly? On { get; private init; }

    public IReadOnlyList<string> ValuesOf(string field) => Chosen.GetValueOrDefault(field, []);

    public static MemberFilter From(string query)
    {
        // PostgreSQL refuses the character zero in a text.
        var given = QueryHelpers.ParseQuery(query.Replace("%00", "", StringComparison.Ordinal));
        return new MemberFilter
        {
            Chosen = Fields
                .Where(given.ContainsKey)
                .ToDictionary(
                    f => f,
                    IReadOnlyList<string> (f) =>
                        [.. given[f].Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!).Distinct().Take(50)]
                )
                .Where(f => f.Value.Count > 0)
                .ToDictionary(),
            Text = given.TryGetValue("q", out var text) ? text.ToString().Trim() : "",
            On =
                given.TryGetValue("on", out var on)
                && DateOnly.TryParseExact(
                    on,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day
                )
                    ? day
                    : null,
        };
    }

    /// <summary>The same question as an address, in one fixed order.</summary>
    public string Query
    {
        get
        {
            var query = new StringBuilder();
            foreach (var axis in Fields)
            foreach (var value in Chosen.GetValueOrDefault(axis, []))
                Add(axis, value);
            if (Text.Length > 0)
                Add("q", Text);
            if (On is { } day)
                Add("on", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            return query.ToString();

            void Add(string name, string value) =>
                query
                    .Append(query.Length == 0 ? '?' : '&')
                    .Append(name)
                    .Append('=')
                    .Append(Uri.EscapeDataString(value));
        }
    }

    public IQueryable<Member> Apply(PlatformDb db) => Apply(db, db.Set<Member>());

    /// <param name="among">Those whom the asking person may see at all.</param>
    public IQueryable<Member> Apply(PlatformDb db, IQueryable<Member> among)
    {
        var members = among.AsNoTracking();
        foreach (var (field, values) in Chosen)
            members = Narrow(db, members, field, values);
        if (On is { } day)
        {
            var end = day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            members = members.Where(m =>
                m.Periods.Any(p => p.StartedAt < end && (p.EndedAt == null || p.EndedAt >= end))
            );
        }
        else if (!Chosen.ContainsKey("state"))
        {
            members = members.Where(m => m.State == MemberState.Member);
        }
        if (Text.Length > 0)
        {
            var part =
                "%" + Text.ToLowerInvariant().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_") + "%";
            members = members.Where(m =>
                EF.Functions.Like(m.Institution.ToLower(), part, "\\")
                || db.Set<Account>()
                    .Any(a =>
                        a.Id == m.Id
                        && (
                            EF.Functions.Like(a.EmailKey, part, "\\") || EF.Functions.Like(a.Name.ToLower(), part, "\\")
                        )
                    )
            );
        }
        return members;
    }

    private static IQueryable<Member> Narrow(
        PlatformDb db,
        IQueryable<Member> members,
        string field,
        IReadOnlyList<string> values
    )
    {
        switch (field)
        {
            case "state":
                var states = values
                    .Select(v => Enum.TryParse<MemberState>(v, true, out var s) ? s : (MemberState?)null)
                    .OfType<MemberState>()
                    .ToList();
                return members.Where(m => states.Contains(m.State));
            case Axes.Country:
                return members.Where(m => values.Contains(m.Country!));
            case Axes.Stakeholder:
                return members.Where(m => values.Contains(m.Stakeholder!));
            case "origin":
                return members.Where(m => values.Contains(m.Origin));
            case "channel":
                return values.Aggregate(members, Getting);
            default:
                var fitting = db.Set<MemberInterest>()
                    .Where(i => i.Axis == field && values.Contains(i.Code))
                    .Select(i => i.MemberId);
                return members.Where(m => fitting.Contains(m.Id));
        }
    }

    private static IQueryable<Member> Getting(IQueryable<Member> members, string channel) =>
        channel switch
        {
            Channel.NewsletterCode => members.Where(m => m.Newsletter != Frequency.Never),
            Channel.AnnouncementsCode => members.Where(m => m.Announcements != Frequency.Never),
            Channel.GroupsCode => members.Where(m => m.GroupMessages != Frequency.Never),
            Channel.EventsCode => members.Where(m => m.EventReminders != Frequency.Never),
            Channel.DigestsCode => members.Where(m => m.Digests != Frequency.Never),
            _ => members.Where(m => false),
        };
}
