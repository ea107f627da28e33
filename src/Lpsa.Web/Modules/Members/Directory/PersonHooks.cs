using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Lpsa.Members;

/// <summary>What search knows of a person: what everyone may see, and nothing while the name is not for everyone.</summary>
static class PersonSearch
{
    public static async Task<IReadOnlyList<SearchDocument>> Load(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var vocabulary = db.GetService<IVocabulary>();
        var one = db.VisibleTo(Audience.Strangers).Where(l => l.Id == id);
        if (await ProfileView.Of(one, db, vocabulary, cancel) is not { Person: var person } profile)
            return [];
        var codes = profile.Interests.Where(i => i.Axis != InterestAxes.Language).ToList();
        if (person.Country is { } country)
            codes.Add((Axes.Country, country));
        return
        [
            new()
            {
                Key = new(MemberProfile.Kind, person.Id),
                Language = Language.English.Code,
                Path = person.Path,
                Title = person.Name,
                Summary = person.Headline ?? "",
                Body = Prose.PlainText(person.About),
                Keywords = string.Join(
                    ' ',
                    codes.SelectMany(c => vocabulary.NamesOf(c.Axis, c.Code)).Append(person.Institution)
                ),
                Facets = [.. codes.Select(c => $"{c.Axis}:{c.Code}")],
            },
        ];
    }

    public static IAsyncEnumerable<Guid> AllIds(PlatformDb db) =>
        db.Set<MemberProfile>().Where(p => p.Listed).Select(p => p.MemberId).AsAsyncEnumerable();
}

static class PersonSitemap
{
    public static IAsyncEnumerable<SitemapEntry> List(PlatformDb db) =>
        db.VisibleTo(Audience.Strangers)
            .OrderBy(l => l.Id)
            .Select(l => new SitemapEntry("/members/" + l.Slug, l.ChangedAt))
            .AsAsyncEnumerable();
}

/// <summary>What is held about a person for the directory.</summary>
static class ProfileData
{
    public static readonly PersonalData Hook = new("profile", Export, Erase);

    private static async Task<object?> Export(PlatformDb db, Guid id, CancellationToken cancel) =>
        await db.Set<MemberProfile>().AsNoTracking().SingleOrDefaultAsync(p => p.MemberId == id, cancel) is { } profile
            ? new
            {
                profile.Slug,
                profile.AuthorSlug,
                profile.ChangedAt,
                Profile = EditProfile.Input.Of(profile),
            }
            : null;

    private static async Task Erase(PlatformDb db, Guid id, CancellationToken cancel)
    {
        // Through the entity and not by a bare delete: only so does search forget the person in the same transaction.
        if (await db.Set<MemberProfile>().SingleOrDefaultAsync(p => p.MemberId == id, cancel) is not { } profile)
            return;
        db.Remove(profile);
        await db.SaveChangesAsync(cancel);
    }
}
