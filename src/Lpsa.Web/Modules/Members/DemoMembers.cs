using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>
/// Three hundred invented people, so that a demonstration has somebody to find. Names are put together from given and
/// family names of a region; the choices follow from the number of the person, the same in every demonstration.
/// </summary>
public static class DemoMembers
{
    private const int People = 300;

    private static readonly IReadOnlyList<(string[] Countries, string[] Given, string[] Family)> Worlds =
    [
        (
            ["KEN", "UGA", "TZA", "ZMB", "GHA", "NGA"],
            ["Amina", "Baraka", "Chanda", "Dalitso", "Efua", "Farai", "Grace", "Juma", "Kwame", "Naledi"],
            ["Achieng", "Banda", "Chukwu", "Mensah", "Mwangi", "Okafor", "Phiri", "Tembo"]
        ),
        (
            ["NPL", "BGD", "IND", "PAK", "LKA", "IDN", "PHL"],
            ["Anjali", "Bishal", "Dewi", "Farhana", "Imran", "Lakshmi", "Maria", "Nimal", "Rahim", "Sunita"],
            ["Ahmed", "Das", "Fernando", "Gurung", "Karki", "Perera", "Rahman", "Santos", "Wijaya"]
        ),
        (
            ["BRA", "COL", "MEX", "PER", "ARG", "CHL"],
            ["Ana", "Bruno", "Camila", "Diego", "Elena", "Felipe", "Lucía", "Mateo", "Sofía", "Tomás"],
            ["Alves", "Castro", "Díaz", "Ferreira", "Gómez", "Morales", "Quispe", "Rojas"]
        ),
        (
            ["MAR", "TUN", "JOR", "EGY", "LBN"],
            ["Amal", "Bilal", "Dina", "Hassan", "Karim", "Leila", "Nour", "Omar", "Rania", "Youssef"],
            ["Benali", "El Fassi", "Haddad", "Khalil", "Mansour", "Naser", "Saleh", "Trabelsi"]
        ),
        (
            ["UKR", "MDA", "GEO", "ALB", "POL", "KGZ"],
            ["Aigul", "Bohdan", "Daria", "Elira", "Giorgi", "Ion", "Katarzyna", "Levan", "Olena", "Petru"],
            ["Beridze", "Hoxha", "Kovalenko", "Munteanu", "Nowak", "Rusu", "Shevchenko", "Toktosunov"]
        ),
        (
            ["DEU", "FRA", "NLD", "CAN", "USA", "GBR"],
            ["Anna", "Ben", "Claire", "David", "Emma", "Finn", "Julia", "Marc", "Nora", "Paul"],
            ["Bakker", "Becker", "Clark", "Dubois", "Fischer", "Martin", "Roy", "Walker"]
        ),
    ];

    private static readonly IReadOnlyList<(string Stakeholder, string Institution, string Position)> Work =
    [
        ("LG", "Municipality", "Planner"),
        ("LG", "County Government", "Treasurer"),
        ("LGA", "Association of Local Governments", "Programme officer"),
        ("CG", "Ministry of Local Government", "Director of finance"),
        ("PM", "Parliamentary Committee", "Adviser"),
        ("ACA", "University", "Lecturer"),
        ("ACA", "Institute of Public Policy", "Researcher"),
        ("CSO", "Citizens’ Forum", "Coordinator"),
        ("DEV", "Development Partner", "Governance specialist"),
        ("PRA", "Independent", "Consultant"),
        ("SEC", "Department of Health", "Sector specialist"),
        ("CIT", "", ""),
    ];

    /// <summary>People who joined again with another address, or the same one written otherwise.</summary>
    private static readonly IReadOnlyList<(string Address, string Name, string Country, string Institution)> Twice =
    [
        ("amina.achieng.0+news@demo.example", "Amina Achieng", "KEN", ""),
        ("a.achieng@kisumu.demo.example", "Achieng, Amina W.", "KEN", "Municipality, Kenya"),
        ("lucia.gomez@demo.example", "Lucía Gómez", "COL", "Municipality of Cali"),
        ("luciagomez@university.demo.example", "Lucia Gomes", "COL", "University of Valle"),
        ("youssef.elfassi@demo.example", "Youssef El Fassi", "MAR", "Association of Local Governments"),
        ("y.elfassi@demo.example", "Yousef El Fassi", "MAR", "Association of Local Governments"),
    ];

    public static async Task Load(PlatformDb db, IVocabulary vocabulary, CancellationToken cancel)
    {
        if (await db.Set<Member>().AnyAsync(m => m.Origin == "demonstration", cancel))
            return;
        foreach (var account in await db.Set<Account>().ToListAsync(cancel))
            Add(db, vocabulary, account, account.EmailKey.Length);
        for (var number = 0; number < People; number++)
        {
            var (_, given, family) = Worlds[number % Worlds.Count];
            var (first, last) = (given[number / 6 % given.Length], family[number / 7 % family.Length]);
            var address = $"{Slug.Of(first)}.{Slug.Of(last)}.{number}@demo.example";
            var account = Account.Open(address, $"{first} {last}", db.Now);
            db.Add(account);
            Add(db, vocabulary, account, number);
        }
        foreach (var (address, name, iso3, institution) in Twice)
            AddAgain(db, address, name, iso3, institution);
        await db.SaveChangesAsync(cancel);
        await FindDuplicates.Search(db, cancel);
    }

    private static void AddAgain(PlatformDb db, string address, string name, string country, string institution)
    {
        var account = Account.Open(address, name, db.Now);
        var member = Member.Join(account.Id, "demonstration", db.Now.AddDays(-200));
        var choices = new MemberChoices { Country = country, Institution = institution };
        member.Choose(choices, onlyGiven: true, db.Now.AddDays(-200));
        db.AddRange(account, member);
        db.Add(MemberConsent.Of(member.Id, ConsentAct.Imported, "demonstration", "", choices, "", member.JoinedAt));
    }

    /// <summary>Two of five want to be found; most of them by everybody.</summary>
    private static MemberProfile Profile(Member member, Account account, int number, string headline)
    {
        var circle = number % 5 == 0 ? Visibility.Everyone : Visibility.Members;
        var profile = MemberProfile.Of(member.Id, Slug.Of(account.Name) + "-" + number, member.JoinedAt);
        profile.Describe(
            new EditProfile.Input
            {
                Listed = true,
                Headline = headline,
                Advice = number % 2 == 0,
                Speaking = number % 3 == 0,
                Reviewing = number % 4 == 0,
                Mentoring = number % 7 == 0,
                NameSeenBy = circle,
                HeadlineSeenBy = circle,
                CountrySeenBy = circle,
                InstitutionSeenBy = circle,
                StakeholderSeenBy = circle,
                ThemesSeenBy = circle,
                SectorsSeenBy = circle,
                LanguagesSeenBy = circle,
                AvailabilitySeenBy = circle,
            },
            member.JoinedAt
        );
        return profile;
    }

    private static void Add(PlatformDb db, IVocabulary vocabulary, Account account, int number)
    {
        var (countries, _, _) = Worlds[number % Worlds.Count];
        var country = countries[number / 11 % countries.Length];
        var (stakeholder, institution, position) = Work[number * 5 % Work.Count];
        var place = vocabulary.Get(Axes.Country, country, "en")!.Label;
        // From June 2021 on, denser later, never in the future.
        var joined = db.Now.AddDays(-Math.Sqrt((number * 37 % 300 + 1) / 300.0) * 1900);
        var member = Member.Join(account.Id, "demonstration", joined);
        var choices = new MemberChoices
        {
            Country = country,
            Stakeholder = stakeholder,
            Institution = institution.Length == 0 ? "" : $"{institution}, {place}",
            Position = position,
            Language = (number % Worlds.Count) switch
            {
                2 => number % 4 == 0 ? "pt" : "es",
                3 => number % 2 == 0 ? "ar" : "fr",
                _ => "en",
            },
            Interests = new Dictionary<string, IReadOnlyList<string>>
            {
                [Axes.Theme] = Some(vocabulary, Axes.Theme, number, 3),
                [Axes.Sector] = Some(vocabulary, Axes.Sector, number + 3, 2),
                [Axes.Region] = [.. vocabulary.RegionsOf(country).Take(1)],
                [Axes.Objective] = Some(vocabulary, Axes.Objective, number + 1, 1),
                [InterestAxes.Language] = number % 3 == 0 ? ["en", "fr"] : ["en"],
            },
            Channels = new Dictionary<string, Frequency>
            {
                [Channel.NewsletterCode] = number % 9 == 0 ? Frequency.Never : Frequency.Each,
                [Channel.DigestsCode] = number % 4 == 0 ? Frequency.Weekly : Frequency.Never,
            },
        };
        member.Choose(choices, onlyGiven: false, joined);
        db.Add(member);
        if (number % 5 is 0 or 3 && position.Length > 0)
            db.Add(Profile(member, account, number, $"{position}, {place}"));
        db.Add(MemberConsent.Of(member.Id, ConsentAct.Imported, "demonstration", "", choices, "", joined));
    }

    private static IReadOnlyList<string> Some(IVocabulary vocabulary, string axis, int number, int count)
    {
        var all = vocabulary.All(axis, "en");
        return
        [
            .. Enumerable
                .Range(0, 1 + number % count)
                .Select(i => all[(number * 7 + i * 5) % all.Count].Code)
                .Distinct(),
        ];
    }
}
