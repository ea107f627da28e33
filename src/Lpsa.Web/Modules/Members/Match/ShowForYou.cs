using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

/// <summary>
/// What fits a member, worked out from the interests on the own page and nothing else, each with its reason in words and
/// a way to say no. Nothing is remembered but the noes.
/// </summary>
public static class ShowForYou
{
    private const int Most = 12;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/account/for-you", Get).RequiresSignIn();
        pages.MapPost("/account/for-you/not-this", NotThis).RequiresSignIn();
        pages.MapPost("/account/for-you/again", Again).RequiresSignIn();
    }

    /// <param name="Reason">A sentence: “You chose Kenya and health.”</param>
    public sealed record Suggestion(PostLink Post, string Reason);

    public sealed record Model(bool IsMember, bool HasInterests, IReadOnlyList<Suggestion> Posts, int Dismissed);

    public sealed record NotThisInput
    {
        [Required, StringLength(300)]
        public string Path { get; init; } = "";
    }

    static async Task<IResult> Get(
        Viewer viewer,
        HttpContext http,
        PlatformDb db,
        PostSuggestions posts,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var member = await db.Set<Member>()
            .AsNoTracking()
            .Include(m => m.Interests)
            .SingleOrDefaultAsync(m => m.Id == viewer.AccountId, cancel);
        if (member is null)
            return ForYouPage.View(new(false, false, [], 0));
        var chosen = member
            .Interests.Where(i => i.Axis != InterestAxes.Language)
            .Select(i => (i.Axis, i.Code))
            .Concat(member.Country is { } iso3 ? [(Axes.Country, iso3)] : [])
            .ToList();
        var dismissed = await db.Set<MemberDismissal>()
            .Where(d => d.MemberId == member.Id)
            .Select(d => d.Path)
            .ToListAsync(cancel);
        var texts = http.Texts();
        var found = await posts.Read(chosen, dismissed.ToHashSet(), Most, texts, cancel);
        return ForYouPage.View(
            new(
                true,
                chosen.Count > 0,
                [.. found.Select(f => new Suggestion(f.Post, Reason(f.Shared, vocabulary, texts)))],
                dismissed.Count
            )
        );
    }

    static async Task<IResult> NotThis(Viewer viewer, Form<NotThisInput> form, PlatformDb db, CancellationToken cancel)
    {
        await using var turn = await db.TakeTurn(MemberTurn.Of(viewer.AccountId!.Value), cancel);
        if (
            form.Value is { } input
            && await db.Set<Member>().AnyAsync(m => m.Id == viewer.AccountId, cancel)
            && await db.Set<MemberDismissal>().FindAsync([viewer.AccountId!.Value, input.Path], cancel) is null
        )
        {
            db.Add(new MemberDismissal(viewer.AccountId!.Value, input.Path, db.Now));
            await db.SaveChangesAsync(cancel);
            await turn.CommitAsync(cancel);
        }
        return Redirect.To("/account/for-you");
    }

    static async Task<IResult> Again(Viewer viewer, PlatformDb db, CancellationToken cancel)
    {
        await db.Set<MemberDismissal>().Where(d => d.MemberId == viewer.AccountId).ExecuteDeleteAsync(cancel);
        return Redirect.To("/account/for-you");
    }

    private static string Reason(IReadOnlyList<(string Axis, string Code)> shared, IVocabulary vocabulary, Texts texts)
    {
        var labels = shared
            .Select(s => vocabulary.Get(s.Axis, s.Code, texts.Language.Code)?.Label ?? s.Code)
            .Take(2)
            .ToList();
        return labels.Count == 2
            ? texts.Say("You chose {0} and {1}.", labels[0], labels[1])
            : texts.Say("You chose {0}.", labels[0]);
    }
}

/// <summary>“Not this”: a suggestion the member does not want to see again.</summary>
public sealed class MemberDismissal(Guid memberId, string path, DateTime at)
{
    public Guid MemberId { get; private set; } = memberId;
    public string Path { get; private set; } = path;
    public DateTime At { get; private set; } = at;

    internal sealed class Map : IEntityTypeConfiguration<MemberDismissal>
    {
        public void Configure(EntityTypeBuilder<MemberDismissal> entity)
        {
            entity.ToTable("member_dismissals");
            entity.HasKey(d => new { d.MemberId, d.Path });
            entity.HasOne<Member>().WithMany().HasForeignKey(d => d.MemberId);
        }
    }
}
