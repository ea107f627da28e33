using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>Organisations on the page of their country.</summary>
static class CountryOrganisations
{
    private const int Shown = 6;

    public static async Task<RenderFragment?> Fill(HubContext hub, SlotScope scope, CancellationToken cancel)
    {
        if (hub.Axis != Axes.Country)
            return null;
        // Also with none to show: the first one must be able to appear.
        hub.StaleWith(Organisation.CacheTag);
        var here = ListOrganisations.Public(scope.Db).Where(o => o.Country == hub.Code);
        var total = await here.CountAsync(cancel);
        if (total == 0)
            return null;
        var first = await ListedOrganisation.Read(
            here.OrderBy(o => o.Name).ThenBy(o => o.Id).Take(Shown),
            scope.Db,
            cancel
        );
        var vocabulary = scope.Services.GetRequiredService<IVocabulary>();
        return builder =>
        {
            builder.OpenComponent<CountryOrganisationsBlock>(0);
            builder.AddComponentParameter(1, nameof(CountryOrganisationsBlock.Organisations), first);
            builder.AddComponentParameter(2, nameof(CountryOrganisationsBlock.Total), total);
            builder.AddComponentParameter(3, nameof(CountryOrganisationsBlock.Country), hub.Code);
            builder.AddComponentParameter(4, nameof(CountryOrganisationsBlock.Terms), vocabulary);
            builder.CloseComponent();
        };
    }
}

/// <summary>Where a person says that they work, on the person's page and on the page where they change it.</summary>
static class PersonOrganisations
{
    public static async Task<RenderFragment?> Fill(MemberContext member, SlotScope scope, CancellationToken cancel)
    {
        var seen = (await scope.Db.AffiliationsSeenBy(scope.Viewer, scope.Services, cancel)).Where(s =>
            s.AccountId == member.MemberId
        );
        var rows = await (
            from s in seen
            join o in scope.Db.Set<Organisation>() on s.OrganisationId equals o.Id
            where o.State == OrganisationState.Published
            orderby o.Name
            select new PersonOrganisationsBlock.Row(
                o.Slug,
                o.Name,
                s.Role,
                s.From,
                s.Until,
                s.Standing == AffiliationStanding.Confirmed
            )
        ).ToListAsync(cancel);
        if (rows.Count == 0)
            return null;
        return builder =>
        {
            builder.OpenComponent<PersonOrganisationsBlock>(0);
            builder.AddComponentParameter(1, nameof(PersonOrganisationsBlock.Rows), rows);
            builder.CloseComponent();
        };
    }

    public static async Task<RenderFragment?> FillOwn(MemberContext member, SlotScope scope, CancellationToken cancel)
    {
        var rows = await OwnOrganisations.Rows(scope.Db, member.MemberId, cancel);
        var institution = (await scope.Db.Membership(member.MemberId, cancel))?.Institution ?? "";
        var suggested = await InstitutionMatch.Find(scope.Db, member.MemberId, institution, cancel);
        return builder =>
        {
            builder.OpenComponent<OwnOrganisationsBlock>(0);
            builder.AddComponentParameter(1, nameof(OwnOrganisationsBlock.Rows), rows);
            builder.AddComponentParameter(2, nameof(OwnOrganisationsBlock.Institution), institution);
            builder.AddComponentParameter(3, nameof(OwnOrganisationsBlock.Suggested), suggested);
            builder.CloseComponent();
        };
    }
}
