using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>
/// Two real partners of the Alliance, with what its own announcements say, and invented organisations with invented
/// people. No invented person is linked with a real organisation.
/// </summary>
public static class DemoOrganisations
{
    private const string Invented = "Invented for this demonstration.";

    public static async Task Load(PlatformDb db, IServiceProvider services, CancellationToken cancel)
    {
        if (await db.Set<Organisation>().AnyAsync(cancel))
            return;
        Partners(db);
        var people = await db.MembersSeenBy(Viewer.Anonymous, services, cancel);
        var number = 0;
        foreach (var (organisation, marks) in All(db.Now))
        {
            db.Add(organisation);
            foreach (var mark in marks)
                db.Add(Mark(organisation, mark, new DateOnly(2024, 1 + number % 12, 15), null, Reason(mark), db.Now));
            var here =
                organisation.State == OrganisationState.Published
                    ? await people
                        .Where(p => p.Country == organisation.Country)
                        .OrderBy(p => p.Slug)
                        .Take(3)
                        .ToListAsync(cancel)
                    : [];
            foreach (var person in here)
                db.Add(Works(organisation, person, isConfirmed: person.Name.Length % 2 == 0, db.Now));
            number++;
        }
        await Ask(db, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private static void Partners(PlatformDb db)
    {
        var forum = Made("Forum of Federations", "en", "DEV", null, "https://forumfed.org/", "", db.Now);
        var delog = Made("DeLoG", "en", "DEV", null, "https://www.delog.org/", "", db.Now);
        db.AddRange(
            forum,
            delog,
            Mark(
                forum,
                MarkKind.Partner,
                new DateOnly(2022, 8, 23),
                new DateOnly(2025, 8, 22),
                "Agreement of three years, signed on 23 August 2022. Source: announcement on decentralization.net, September 2022.",
                db.Now
            ),
            Mark(
                delog,
                MarkKind.Partner,
                new DateOnly(2022, 10, 1),
                null,
                "Cooperation agreement of October 2022; the day is not known here, so the first of the month stands for it. Source: announcement on decentralization.net, October 2022.",
                db.Now
            )
        );
    }

    private static IEnumerable<(Organisation Organisation, MarkKind[] Marks)> All(DateTime now)
    {
        yield return (
            Made("Lakeside Institute for Local Governance", "en", "ACA", "KEN", "", "LILG", now),
            [MarkKind.Recognised, MarkKind.AdvisoryBoard]
        );
        yield return (
            Made("Himalayan Association of Municipalities", "en", "LGA", "NPL", "", "HAM", now),
            [MarkKind.Recognised]
        );
        yield return (
            Made("Instituto Andino de Gobierno Local", "es", "ACA", "PER", "", "IAGL", now),
            [MarkKind.Partner]
        );
        yield return (
            Made("مركز الأطلس للحوكمة المحلية", "ar", "CSO", "TUN", "", "", now, "Centre Atlas de gouvernance locale"),
            [MarkKind.Recognised, MarkKind.Partner]
        );
        yield return (Made("Fundação Cidades do Sul", "pt", "CSO", "BRA", "", "FCS", now), [MarkKind.AdvisoryBoard]);
        yield return (Made("Union des communes du Littoral", "fr", "LGA", "MAR", "", "UCL", now), []);
        yield return (Made("Delta Citizens’ Budget Network", "en", "CSO", "BGD", "", "", now), [MarkKind.Recognised]);
        yield return (Closed(now), []);
    }

    private static Organisation Closed(DateTime now) =>
        Organisation.Add(
            "black-sea-municipal-exchange",
            new OrganisationInput
            {
                Name = "Black Sea Municipal Exchange",
                Language = "en",
                Kind = "LGA",
                Country = "GEO",
                Description = Invented,
                State = OrganisationState.Closed,
                ClosedOn = new DateOnly(2025, 6, 30),
                ClosedNote = "Its work goes on in the associations of its members.",
            },
            now
        );

    private static Organisation Made(
        string name,
        string language,
        string kind,
        string? country,
        string website,
        string acronym,
        DateTime now,
        string otherNames = ""
    ) =>
        Organisation.Add(
            Slug.Of(name, "organisation"),
            new OrganisationInput
            {
                Name = name,
                Language = language,
                Kind = kind,
                Country = country ?? "",
                Website = website,
                Acronym = acronym,
                OtherNames = otherNames,
                Description = country is null ? "" : Invented,
                State = OrganisationState.Published,
            },
            now
        );

    private static OrganisationMark Mark(
        Organisation organisation,
        MarkKind kind,
        DateOnly from,
        DateOnly? until,
        string note,
        DateTime now
    ) => OrganisationMark.Decide(organisation.Id, kind, from, until, note, now);

    private static string Reason(MarkKind kind) =>
        kind switch
        {
            MarkKind.Recognised => "Invented: recognised by the editors on its request.",
            MarkKind.Partner => "Invented: agreement on joint training.",
            _ => "Invented: invited by the Board of Directors.",
        };

    private static Affiliation Works(Organisation organisation, SeenMember person, bool isConfirmed, DateTime now)
    {
        var said = Affiliation.Say(
            organisation.Id,
            person.Id,
            new WorkHereInput
            {
                Role = person.Position ?? "",
                From = new DateOnly(2019 + person.Name.Length % 6, 9, 1),
                SeenBy = Visibility.Everyone,
            },
            now
        );
        if (isConfirmed)
            said.Answer(true, now);
        return said;
    }

    /// <summary>A request in the middle of its way, so that the queue has something to look at.</summary>
    private static async Task Ask(PlatformDb db, CancellationToken cancel)
    {
        var key = Account.KeyOf("salma.haddad@demo.example");
        if (await db.Set<Account>().SingleOrDefaultAsync(a => a.EmailKey == key, cancel) is not { } salma)
            return;
        var asked = RecognitionRequest.Ask(
            salma.Id,
            null,
            new RequestInput
            {
                Name = "Observatory of Municipal Services",
                Kind = "CSO",
                Country = "JOR",
                Reason =
                    "We count how long people wait for water and permits in forty towns, and publish it every month.",
                WantsToRepresent = true,
            },
            db.Now.AddDays(-6)
        );
        asked.Go(RequestState.UnderReview, byStaff: true, "", db.Now.AddDays(-4));
        asked.Go(RequestState.MoreAsked, byStaff: true, "Who pays for the counting?", db.Now.AddDays(-2));
        db.Add(asked);
    }
}
