using System.Globalization;
using System.Text.Json;
using Lpsa.Places;

namespace Lpsa.Members;

/// <summary>The file of another program: its columns, whom it holds, and what stands in a row.</summary>
internal sealed record ForeignTable(
    IReadOnlyList<string> Columns,
    Func<ExportedMember, bool> Holds,
    Func<ExportedMember, IVocabulary, IReadOnlyList<string>> Cells
)
{
    private static readonly string[] TagAxes = [Axes.Theme, Axes.Region, Axes.Sector, Axes.Objective];

    private static readonly ForeignTable Subscribed = new(
        [
            "Email Address",
            "First Name",
            "Last Name",
            "Country",
            "Institution",
            "Position",
            "Language",
            "OPTIN_TIME",
            "CONFIRM_TIME",
            "TAGS",
        ],
        m => m.IsSubscribed,
        (m, vocabulary) =>
            [
                .. Name(m),
                CountryOf(m, vocabulary),
                m.Member.Institution,
                m.Member.Position,
                m.Member.Language,
                Time(m.Member.JoinedAt),
                Time(m.Member.JoinedAt),
                TagList.Write(Tags(m, vocabulary)),
            ]
    );

    private static readonly ForeignTable Unsubscribed = new(
        ["Email Address", "First Name", "Last Name", "OPTIN_TIME", "UNSUB_TIME", "UNSUB_REASON"],
        m => HasEnded(m) && m.Stop?.Reason != SuppressionReason.Bounced,
        (m, _) =>
            [
                .. Name(m),
                Time(m.Member.JoinedAt),
                Time(m.Stop?.At ?? m.Member.LeftAt ?? m.Member.ChangedAt),
                m.Stop?.Reason == SuppressionReason.Complained ? "ABUSE" : "NORMAL",
            ]
    );

    private static readonly ForeignTable Cleaned = new(
        ["Email Address", "First Name", "Last Name", "OPTIN_TIME", "CLEAN_TIME"],
        m => m.Stop?.Reason == SuppressionReason.Bounced,
        (m, _) => [.. Name(m), Time(m.Member.JoinedAt), Time(m.Stop!.At)]
    );

    private static readonly ForeignTable Listmonk = new(
        ["email", "name", "attributes"],
        m => m.IsSubscribed,
        (m, vocabulary) => [m.Account.Email, m.Account.Name, Attributes(m, vocabulary)]
    );

    private static readonly ForeignTable Ghost = new(
        [
            "email",
            "name",
            "note",
            "subscribed_to_emails",
            "stripe_customer_id",
            "complimentary_plan",
            "labels",
            "created_at",
        ],
        m => m.IsSubscribed || HasEnded(m),
        (m, vocabulary) =>
            [
                m.Account.Email,
                m.Account.Name,
                "",
                m.IsSubscribed ? "true" : "false",
                "",
                "",
                string.Join(',', Tags(m, vocabulary).Select(t => t.Replace(",", "\\,"))),
                m.Member.JoinedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ]
    );

    /// <summary>Named as Mailchimp names them, by which they are known again.</summary>
    public static readonly IReadOnlyList<(string Name, ForeignTable Table)> MailchimpArchive =
    [
        ("subscribed_members.csv", Subscribed),
        ("unsubscribed_members.csv", Unsubscribed),
        ("cleaned_members.csv", Cleaned),
    ];

    public static ForeignTable Of(MemberExportFormat format) =>
        format switch
        {
            MemberExportFormat.Listmonk => Listmonk,
            MemberExportFormat.Ghost => Ghost,
            _ => Subscribed,
        };

    /// <summary>Who merely wants no newsletter is neither subscribed nor gone, and stands in no foreign file.</summary>
    private static bool HasEnded(ExportedMember member) =>
        member.Member.State == MemberState.Left || member.Stop is not null;

    private static IReadOnlyList<string> Name(ExportedMember member)
    {
        var name = member.Account.Name.Split(' ', 2);
        return [member.Account.Email, name[0], name.Length > 1 ? name[1] : ""];
    }

    private static string CountryOf(ExportedMember member, IVocabulary vocabulary) =>
        member.Member.Country is { } iso3 ? vocabulary.Get(Axes.Country, iso3, "en")?.Label ?? iso3 : "";

    private static IEnumerable<string> Tags(ExportedMember member, IVocabulary vocabulary) =>
        TagAxes.SelectMany(axis => Labels(member, axis, vocabulary));

    private static IEnumerable<string> Labels(ExportedMember member, string axis, IVocabulary vocabulary) =>
        member.Member.CodesOn(axis).Select(code => vocabulary.Get(axis, code, "en")?.Label ?? code);

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Attributes(ExportedMember member, IVocabulary vocabulary)
    {
        var said = new Dictionary<string, object>();
        Add("country", CountryOf(member, vocabulary));
        Add("institution", member.Member.Institution);
        Add("position", member.Member.Position);
        Add("language", member.Member.Language);
        Add("joined_at", Time(member.Member.JoinedAt));
        foreach (var (name, axis) in TagAxes.Select(a => (a + "s", a)))
            if (Labels(member, axis, vocabulary).ToList() is { Count: > 0 } labels)
                said[name] = labels;
        return JsonSerializer.Serialize(said, EntityJson.Options);

        void Add(string name, string value)
        {
            if (value.Length > 0)
                said[name] = value;
        }
    }
}
