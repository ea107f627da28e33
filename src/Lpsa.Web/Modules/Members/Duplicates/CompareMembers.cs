using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Two members side by side: one person or two, and which of both values is kept.</summary>
public static class CompareMembers
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var pair = pages
            .MapGroup("/admin/members/duplicates/{first:guid}/{second:guid}")
            .Requires(MembersPermissions.Merge);
        pair.MapGet("", Get);
        pair.MapPost("/merge", Merge).RequiresFreshSignIn();
        pair.MapPost("/different", Different);
    }

    public static string PathOf(Guid one, Guid other)
    {
        var (first, second) = MemberPair.Ordered(one, other);
        return $"/admin/members/duplicates/{first}/{second}";
    }

    /// <summary>Which side a value is taken from, by the place on the page.</summary>
    public enum Side
    {
        First,
        Second,
    }

    public enum Sides
    {
        Both,
        First,
        Second,
    }

    public sealed record Input
    {
        /// <summary>The member who stays, with address, account and links.</summary>
        public Side Stays { get; init; }
        public Side Name { get; init; }
        public Side Language { get; init; }
        public Side Country { get; init; }
        public Side Stakeholder { get; init; }
        public Side Institution { get; init; }
        public Side Position { get; init; }
        public Side Profile { get; init; }
        public Sides Interests { get; init; }
    }

    /// <param name="Notes">How many notes, messages and consents come along.</param>
    public sealed record Person(
        Member Member,
        string Name,
        string Email,
        string? Profile,
        int Notes,
        int Messages,
        int Consents,
        IReadOnlyList<string> Roles,
        IReadOnlyList<string> SecondAddresses
    );

    public sealed record Model(
        Person First,
        Person Second,
        Form<Input> Form,
        bool NeedsAdministrator,
        IVocabulary Vocabulary
    );

    static async Task<IResult> Get(
        Guid first,
        Guid second,
        Viewer viewer,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    ) =>
        await Load(first, second, null, viewer, db, vocabulary, cancel) is { } model
            ? CompareMembersPage.View(model)
            : Results.NotFound();

    static async Task<IResult> Merge(
        Guid first,
        Guid second,
        Form<Input> form,
        Viewer viewer,
        PlatformDb db,
        MergeMembers merging,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (await Load(first, second, form, viewer, db, vocabulary, cancel) is not { } model)
            return Results.NotFound();
        if (form.Value is not { } input)
            return CompareMembersPage.View(model, StatusCodes.Status422UnprocessableEntity);
        var (survivor, merged) = input.Stays == Side.First ? (first, second) : (second, first);
        if (merged == viewer.AccountId)
        {
            form.With(nameof(Input.Stays), "The account you are signed in with must be the one that stays.");
            return CompareMembersPage.View(model, StatusCodes.Status422UnprocessableEntity);
        }
        MergeOutcome outcome;
        try
        {
            outcome = await merging.Merge(survivor, merged, Choices(input), viewer, cancel);
        }
        catch (DbUpdateException)
        {
            // Another merge of the same member was a moment faster.
            outcome = MergeOutcome.Gone;
        }
        switch (outcome)
        {
            case MergeOutcome.NeedsAdministrator:
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            case MergeOutcome.Gone:
                return Redirect
                    .To("/admin/members/duplicates")
                    .Saying("One of the two is no member any more; nothing was changed.");
            case MergeOutcome.Erasing:
                return Redirect
                    .To(PathOf(first, second))
                    .Saying("One of the two has asked to be erased; nothing was changed.");
            default:
                return Redirect
                    .To("/admin/members/" + survivor)
                    .Saying("The two are one member now. For 30 days this can be undone on the page of merges.");
        }
    }

    static async Task<IResult> Different(Guid first, Guid second, PlatformDb db, CancellationToken cancel)
    {
        if (await db.Set<Member>().CountAsync(m => m.Id == first || m.Id == second, cancel) != 2)
            return Results.NotFound();
        var (one, other) = MemberPair.Ordered(first, second);
        if (await db.Set<MemberPair>().FindAsync([one, other], cancel) is not { } pair)
            db.Add(pair = MemberPair.Of(one, other, [], db.Now));
        pair.TellApart();
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/members/duplicates").Saying("Kept in mind: they are two people.");
    }

    private static MergeChoices Choices(Input input)
    {
        return new MergeChoices
        {
            Name = Of(input.Name),
            Language = Of(input.Language),
            Country = Of(input.Country),
            Stakeholder = Of(input.Stakeholder),
            Institution = Of(input.Institution),
            Position = Of(input.Position),
            Profile = Of(input.Profile),
            Interests =
                input.Interests == Sides.Both ? MergeList.Both
                : (input.Interests == Sides.First) == (input.Stays == Side.First) ? MergeList.Survivor
                : MergeList.Merged,
        };

        MergeSide Of(Side side) => side == input.Stays ? MergeSide.Survivor : MergeSide.Merged;
    }

    private static async Task<Model?> Load(
        Guid first,
        Guid second,
        Form<Input>? form,
        Viewer viewer,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (
            first == second
            || await One(first, db, cancel) is not { } one
            || await One(second, db, cancel) is not { } other
        )
            return null;
        return new Model(
            one,
            other,
            form ?? Form<Input>.Of(Suggested(one, other)),
            !viewer.Roles.Contains(Roles.Administrator) && await MergeMembers.HasStaff(db, [first, second], cancel),
            vocabulary
        );
    }

    /// <summary>The record that was changed last stays; of each field the value that says something.</summary>
    private static Input Suggested(Person first, Person second)
    {
        var newer = first.Member.ChangedAt >= second.Member.ChangedAt ? Side.First : Side.Second;
        return new Input
        {
            Stays = newer,
            Name = Full(first.Name, second.Name),
            Language = newer,
            Country = Full(first.Member.Country, second.Member.Country),
            Stakeholder = Full(first.Member.Stakeholder, second.Member.Stakeholder),
            Institution = Full(first.Member.Institution, second.Member.Institution),
            Position = Full(first.Member.Position, second.Member.Position),
            Profile = Full(first.Profile, second.Profile),
        };

        Side Full(string? one, string? other) =>
            string.IsNullOrEmpty(one) == string.IsNullOrEmpty(other) ? newer
            : string.IsNullOrEmpty(one) ? Side.Second
            : Side.First;
    }

    private static async Task<Person?> One(Guid id, PlatformDb db, CancellationToken cancel)
    {
        var member = await db.Set<Member>()
            .AsNoTracking()
            .Include(m => m.Interests)
            .SingleOrDefaultAsync(m => m.Id == id, cancel);
        if (member is null)
            return null;
        var account = await db.Set<Account>().AsNoTracking().Include(a => a.Roles).SingleAsync(a => a.Id == id, cancel);
        var profile = await db.Set<MemberProfile>()
            .Where(p => p.MemberId == id)
            .Select(p => p.Headline != "" ? p.Headline : p.Slug)
            .SingleOrDefaultAsync(cancel);
        return new Person(
            member,
            account.Name,
            account.Email,
            profile,
            await db.Set<MemberNote>().CountAsync(n => n.MemberId == id, cancel),
            await db.Set<MemberMessage>().CountAsync(m => m.SenderId == id || m.RecipientId == id, cancel),
            await db.Set<MemberConsent>().CountAsync(c => c.MemberId == id, cancel),
            [.. account.Roles.Select(r => r.Role).Order(StringComparer.Ordinal)],
            await SecondAddress.Of(db, id, cancel)
        );
    }
}
