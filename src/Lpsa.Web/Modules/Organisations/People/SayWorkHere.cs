using System.ComponentModel.DataAnnotations;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>What a person says of their own work at an organisation.</summary>
public sealed record WorkHereInput : IValidatableObject
{
    [StringLength(120, ErrorMessage = "A role has at most 120 characters.")]
    public string Role { get; init; } = "";
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }
    public Visibility SeenBy { get; init; } = Visibility.Members;

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Until < From)
            yield return new(Sentence.Of("The last day lies before the first."), [nameof(Until)]);
    }

    internal WorkHereInput Kept() => this with { Role = PlainText.Line(Role) };
}

/// <summary>“I work here”: a member says it, changes it and takes it back. Others' statements cannot be reached.</summary>
public static class SayWorkHere
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/organisations/{slug}/work-here").RequiresSignIn();
        own.MapGet("", Get);
        own.MapPost("", Post);
        own.MapPost("/withdraw", Withdraw);
    }

    public static string PathOf(string slug) => Organisation.PathOf(slug) + "/work-here";

    public sealed record Model(Organisation Organisation, Form<WorkHereInput> Form, AffiliationStanding? Standing);

    static async Task<IResult> Get(string slug, Viewer viewer, PlatformDb db, CancellationToken cancel)
    {
        if (await db.Membership(viewer.AccountId, cancel) is not { } member)
            return Redirect.To("/join");
        if (await Reachable(slug, viewer, db, cancel) is not { } organisation)
            return Results.NotFound();
        var said = await Own(organisation.Id, viewer, db).AsNoTracking().SingleOrDefaultAsync(cancel);
        var input = said is null
            ? new WorkHereInput { Role = member.Position }
            : new WorkHereInput
            {
                Role = said.Role,
                From = said.FromDay,
                Until = said.UntilDay,
                SeenBy = said.SeenBy,
            };
        return SayWorkHerePage.View(new(organisation, Form<WorkHereInput>.Of(input), said?.Standing));
    }

    static async Task<IResult> Post(
        string slug,
        Form<WorkHereInput> form,
        Viewer viewer,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        if (await db.Membership(viewer.AccountId, cancel) is not { } member)
            return Redirect.To("/join");
        if (await Reachable(slug, viewer, db, cancel) is not { } organisation)
            return Results.NotFound();
        var said = await Own(organisation.Id, viewer, db).SingleOrDefaultAsync(cancel);
        if (form.Value is not { } input)
            return SayWorkHerePage.View(
                new(organisation, form, said?.Standing),
                StatusCodes.Status422UnprocessableEntity
            );
        if (said is null)
            db.Add(Affiliation.Say(organisation.Id, member.Id, input.Kept(), db.Now));
        else
            said.Change(input.Kept(), db.Now);
        await db.SaveChangesAsync(cancel);
        return Redirect.To(OwnOrganisations.Path).Saying("Saved. You can take it back at any time.");
    }

    /// <summary>Also for somebody who left, and from an organisation that was closed: taking back is always possible.</summary>
    static async Task<IResult> Withdraw(string slug, Viewer viewer, PlatformDb db, CancellationToken cancel)
    {
        var said = await db.Set<Affiliation>()
            .Where(a => a.AccountId == viewer.AccountId)
            .Where(a => db.Set<Organisation>().Any(o => o.Id == a.OrganisationId && o.Slug == slug))
            .SingleOrDefaultAsync(cancel);
        if (said is null)
            return Results.NotFound();
        db.Remove(said);
        await db.SaveChangesAsync(cancel);
        return Redirect
            .To(OwnOrganisations.Path)
            .Saying("Taken back. Nothing links you with this organisation any more.");
    }

    /// <summary>A published organisation; another one only for who said it before.</summary>
    private static Task<Organisation?> Reachable(string slug, Viewer viewer, PlatformDb db, CancellationToken cancel) =>
        db.Set<Organisation>()
            .AsNoTracking()
            .Where(o => o.Slug == slug)
            .Where(o =>
                o.State == OrganisationState.Published
                || o.State == OrganisationState.Closed
                    && db.Set<Affiliation>().Any(a => a.OrganisationId == o.Id && a.AccountId == viewer.AccountId)
            )
            .SingleOrDefaultAsync(cancel);

    private static IQueryable<Affiliation> Own(Guid organisation, Viewer viewer, PlatformDb db) =>
        db.Set<Affiliation>().Where(a => a.OrganisationId == organisation && a.AccountId == viewer.AccountId);
}
