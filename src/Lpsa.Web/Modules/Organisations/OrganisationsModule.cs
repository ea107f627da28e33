using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Organisations;

/// <summary>Organisations, the three standings they can have, the people who say that they work there, and requests.</summary>
public sealed class OrganisationsModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Entity<Organisation, Organisation.Map>();
        m.Entity<OrganisationMark, OrganisationMark.Map>();
        m.Entity<Affiliation, Affiliation.Map>();
        m.Entity<RecognitionRequest, RecognitionRequest.Map>();
        m.Entity<RecognitionStep, RecognitionStep.Map>();
        m.Services.AddScoped<RequestMail>();

        m.Nav("Organisations", ListOrganisations.Path, order: 65);
        m.Pages(ListOrganisations.Map, AskForRecognition.Map, ShowOrganisation.Map);
        m.Pages(SayWorkHere.Map, AnswerAffiliation.Map, OwnOrganisations.Map, OwnRequest.Map);

        m.Permissions(OrganisationsPermissions.Edit, OrganisationsPermissions.Decide);
        m.AdminNav("Organisations", EditOrganisations.Path, order: 32, OrganisationsPermissions.Edit);
        m.AdminNav("Requests for recognition", DecideRequests.Path, order: 33, OrganisationsPermissions.Decide);
        m.Pages(EditOrganisations.Map, EditMarks.Map, MergeOrganisations.Map, DecideRequests.Map);

        m.Search(
            new SearchSource(
                Organisation.SearchKind,
                "Organisations",
                OrganisationHooks.Documents,
                OrganisationHooks.AllIds
            )
        );
        m.Sitemap(OrganisationHooks.Sitemap);
        m.PersonalData(OrganisationData.Hook);
        m.On<TermsReplaced>("organisations.move-kinds", OrganisationHooks.MoveKinds);
        m.Every(TimeSpan.FromHours(1), "organisations.turn-of-day", OrganisationHooks.TurnOfDay);
        m.Fill(PlaceSlots.Hub, CountryOrganisations.Fill, order: 60);
        m.Fill(MemberSlots.Profile, PersonOrganisations.Fill, order: 10);
        m.Fill(MemberSlots.OwnProfile, PersonOrganisations.FillOwn, order: 10);
        Kpi(m, MarkKind.Recognised, "Recognised institutions");
        Kpi(m, MarkKind.Partner, "Partners");
        Kpi(m, MarkKind.AdvisoryBoard, "Organisations on the Advisory Board");
    }

    private static void Kpi(ModuleBuilder m, MarkKind kind, string label) =>
        m.Kpi(
            "organisations." + OrganisationWords.Code(kind),
            label,
            "Organisations that have this standing on the last day of the period.",
            (db, _, to, cancel) => OrganisationHooks.Count(db, kind, to, cancel)
        );
}
