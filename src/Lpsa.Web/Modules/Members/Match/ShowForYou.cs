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
    private const int MostPosts = 12;
    private const int MostPeople = 6;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/account/for-you", Get).RequiresSignIn();
        pages.MapPost("/account/for-you/not-this", NotThis).RequiresSignIn();
        pages.MapPost("/account/for-you/again", Again).RequiresSignIn();
    }

    /// <param name="Language">BCP 47 code of title and note; null where nobody knows it, as with names.</param>
    /// <param name="Reason">A sentence: “You chose Kenya and health.”</param>
    public sealed record Suggestion(string Path, string Title, string? Language, string Note, string Reason);

    /// <param name="Title">What the suggestions are, in the language of the page.</param>
    public sealed record Part(string Title, IReadOnlyList<Suggestion> Suggestions);

    public sealed record Model(bool IsMember, bool HasInterests, IReadOnlyList<Part> Parts, int Dismissed)
    {
        public static readonly Model NoMember = new(false, false, [], 0);
    }

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
        PeopleCatalogue people,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var member = await db.Set<Member>()
            .AsNoTracking()
            .Include(m => m.Interests)
            .SingleOrDefaultAsync(m => m.Id == viewer.AccountId, cancel);
        if (member is null)
            return ForYouPage.View(Model.NoMember);
        var chosen = member
            .Interests.Where(i => i.Axis != InterestAxes.Language)
            .Select(i => (i.Axis, i.Code))
            .Concat(member.Country is { } iso3 ? [(Axes.Country, iso3)] : [])
            .ToList();
        var dismissed = await db.Set<MemberDismissal>()
            .Where(d => d.MemberId == member.Id)
            .Select(d => d.Path)
            .ToListAsync(cancel);
        var noes = dismissed.ToHashSet();
        var texts = http.Texts();
        Part[] parts =
        [
            new(texts.Say("Posts"), [.. (await posts.Read(chosen, noes, MostPosts, texts, cancel)).Select(OfPost)]),
            new(texts.Say("People"), await People(member, chosen, noes)),
        ];
        return ForYouPage.View(
            new(true, chosen.Count > 0, [.. parts.Where(p => p.Suggestions.Count > 0)], dismissed.Count)
        );

        Suggestion OfPost((PostLink Post, IReadOnlyList<(string, string)> Shared) found) =>
            new(found.Post.Path, found.Post.Title, found.Post.Language, "", Reason(found.Shared, vocabulary, texts));

        // Only what each person shows to members counts, so no reason tells what somebody hides.
        async Task<IReadOnlyList<Suggestion>> People(
            Member member,
            IReadOnlyList<(string, string)> chosen,
            IReadOnlySet<string> noes
        )
        {
            var audience = await http.Audience(db, cancel);
            var blocked = await db.Set<MemberBlock>()
                .Where(b => b.MemberId == member.Id || b.BlockedId == member.Id)
                .Select(b => b.MemberId == member.Id ? b.BlockedId : b.MemberId)
                .ToListAsync(cancel);
            var found = (await people.Get(cancel)).Matching(
                chosen,
                audience,
                blocked.Append(member.Id).ToHashSet(),
                MostPeople + noes.Count(path => path.StartsWith("/members/", StringComparison.Ordinal))
            );
            var rows = await db.Read(audience, [.. found.Select(f => f.Person)], cancel);
            var shared = found.ToDictionary(f => f.Person, f => f.Shared);
            return
            [
                .. rows.Where(l => !noes.Contains(l.Path))
                    .Take(MostPeople)
                    .Select(l => new Suggestion(
                        l.Path,
                        l.Name,
                        null,
                        l.Headline ?? l.Institution ?? "",
                        Reason(shared[l.Id], vocabulary, texts)
                    )),
            ];
        }
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
            entity.Property(d => d.MemberId).WhenMerged(WhenMerged.Moves);
            entity.HasOne<Member>().WithMany().HasForeignKey(d => d.MemberId);
        }
    }
}
