using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Members who may be one person, the likeliest first.</summary>
public static class ListDuplicates
{
    private const int PageSize = 25;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var duplicates = pages.MapGroup("/admin/members/duplicates").Requires(MembersPermissions.Merge);
        duplicates.MapGet("", Get);
        duplicates.MapPost("/find", Find);
    }

    public sealed record Person(Guid Id, string Name, string Email, string? Country, string Institution);

    public sealed record Pair(Person First, Person Second, IReadOnlyList<LikenessKind> Reasons)
    {
        public string Path => CompareMembers.PathOf(First.Id, Second.Id);
    }

    public sealed record Model(
        int Total,
        int Page,
        int Pages,
        IReadOnlyList<Pair> Pairs,
        bool IsSearching,
        DateTime? FoundAt
    );

    static async Task<IResult> Get(int? page, PlatformDb db, CancellationToken cancel)
    {
        var open = db.Set<MemberPair>().AsNoTracking().Where(p => p.State == MemberPairState.Open);
        var total = await open.CountAsync(cancel);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        var at = Math.Clamp(page ?? 1, 1, pages);
        var pairs = await open.OrderByDescending(p => p.Score)
            .ThenBy(p => p.FirstId)
            .ThenBy(p => p.SecondId)
            .Skip((at - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancel);
        var ids = pairs.SelectMany(p => new[] { p.FirstId, p.SecondId }).Distinct().ToList();
        var people = await db.Set<Member>()
            .Where(m => ids.Contains(m.Id))
            .Join(
                db.Set<Account>(),
                m => m.Id,
                a => a.Id,
                (m, a) => new Person(m.Id, a.Name, a.Email, m.Country, m.Institution)
            )
            .ToDictionaryAsync(p => p.Id, cancel);
        return ListDuplicatesPage.View(
            new Model(
                total,
                at,
                pages,
                pairs.ConvertAll(p => new Pair(
                    people[p.FirstId],
                    people[p.SecondId],
                    [.. p.Reasons.Split(' ').Select(Enum.Parse<LikenessKind>).OrderDescending()]
                )),
                await db.Set<Job>().AnyAsync(j => j.Handler == FindDuplicates.Job, cancel),
                await db.Set<MemberPair>().MaxAsync(p => (DateTime?)p.FoundAt, cancel)
            )
        );
    }

    static async Task<IResult> Find(PlatformDb db, JobQueue jobs, CancellationToken cancel)
    {
        if (!await db.Set<Job>().AnyAsync(j => j.Handler == FindDuplicates.Job && j.State != JobState.Parked, cancel))
        {
            jobs.Add(db, FindDuplicates.Job, "");
            await db.SaveChangesAsync(cancel);
        }
        return Redirect
            .To("/admin/members/duplicates")
            .Saying("The search has begun. It takes a minute or two; the list is made anew when it is done.");
    }
}
