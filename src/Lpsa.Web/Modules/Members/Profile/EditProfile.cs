using System.ComponentModel.DataAnnotations;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>A member's own profile: what stands in it, who sees which field, and how it looks to others.</summary>
public static class EditProfile
{
    public const string Path = "/account/profile";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(Path).RequiresSignIn();
        own.MapGet("", Get);
        own.MapPost("", Post);
    }

    public sealed record Input : IValidatableObject
    {
        public bool Listed { get; init; }

        [StringLength(160)]
        public string Headline { get; init; } = "";

        [StringLength(5000)]
        public string About { get; init; } = "";

        [StringLength(300)]
        public string Website { get; init; } = "";

        [StringLength(60)]
        public string Orcid { get; init; } = "";

        [StringLength(300)]
        public string LinkedIn { get; init; } = "";
        public bool Advice { get; init; }
        public bool Speaking { get; init; }
        public bool Reviewing { get; init; }
        public bool Mentoring { get; init; }
        public Visibility NameSeenBy { get; init; } = Visibility.Members;
        public Visibility HeadlineSeenBy { get; init; } = Visibility.Members;
        public Visibility AboutSeenBy { get; init; } = Visibility.Members;
        public Visibility WebsiteSeenBy { get; init; } = Visibility.Members;
        public Visibility OrcidSeenBy { get; init; } = Visibility.Members;
        public Visibility LinkedInSeenBy { get; init; } = Visibility.Members;
        public Visibility CountrySeenBy { get; init; } = Visibility.Members;
        public Visibility InstitutionSeenBy { get; init; } = Visibility.Members;
        public Visibility StakeholderSeenBy { get; init; } = Visibility.Members;
        public Visibility ThemesSeenBy { get; init; } = Visibility.Members;
        public Visibility SectorsSeenBy { get; init; } = Visibility.Members;
        public Visibility LanguagesSeenBy { get; init; } = Visibility.Members;
        public Visibility AvailabilitySeenBy { get; init; } = Visibility.Members;

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Website.Length > 0 && !SafeAddress.IsWeb(Website))
                yield return new(
                    Sentence.Of("Enter a whole address that begins with https:// or http://."),
                    [nameof(Website)]
                );
            if (Orcid.Length > 0 && Members.Orcid.Read(Orcid) is null)
                yield return new(
                    Sentence.Of("An ORCID has 16 characters such as 0000-0002-1825-0097; this one has a mistake."),
                    [nameof(Orcid)]
                );
            if (
                LinkedIn.Length > 0
                && !(
                    SafeAddress.IsWeb(LinkedIn)
                    && Uri.TryCreate(LinkedIn, UriKind.Absolute, out var address)
                    && (
                        address.Host == "linkedin.com"
                        || address.Host.EndsWith(".linkedin.com", StringComparison.Ordinal)
                    )
                )
            )
                yield return new(
                    Sentence.Of("Enter the address of a LinkedIn page, such as https://www.linkedin.com/in/name."),
                    [nameof(LinkedIn)]
                );
        }

        /// <summary>As it is kept: one line where one is meant, the identifier in its standard form.</summary>
        internal Input Kept() =>
            this with
            {
                Headline = string.Join(' ', Headline.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
                Orcid = Members.Orcid.Read(Orcid) ?? "",
            };

        internal static Input Of(MemberProfile profile) =>
            new()
            {
                Listed = profile.Listed,
                Headline = profile.Headline,
                About = profile.About,
                Website = profile.Website,
                Orcid = profile.Orcid,
                LinkedIn = profile.LinkedIn,
                Advice = profile.Advice,
                Speaking = profile.Speaking,
                Reviewing = profile.Reviewing,
                Mentoring = profile.Mentoring,
                NameSeenBy = profile.NameSeenBy,
                HeadlineSeenBy = profile.HeadlineSeenBy,
                AboutSeenBy = profile.AboutSeenBy,
                WebsiteSeenBy = profile.WebsiteSeenBy,
                OrcidSeenBy = profile.OrcidSeenBy,
                LinkedInSeenBy = profile.LinkedInSeenBy,
                CountrySeenBy = profile.CountrySeenBy,
                InstitutionSeenBy = profile.InstitutionSeenBy,
                StakeholderSeenBy = profile.StakeholderSeenBy,
                ThemesSeenBy = profile.ThemesSeenBy,
                SectorsSeenBy = profile.SectorsSeenBy,
                LanguagesSeenBy = profile.LanguagesSeenBy,
                AvailabilitySeenBy = profile.AvailabilitySeenBy,
            };
    }

    /// <param name="Path">Address others find the person under; null while not listed.</param>
    /// <param name="ToStrangers">Null: they do not find the person.</param>
    public sealed record Model(
        Form<Input> Form,
        string Name,
        string? Path,
        bool HasProfile,
        ProfileView? ToStrangers,
        ProfileView? ToMembers,
        IReadOnlyList<RenderFragment> Blocks
    );

    static async Task<IResult> Get(
        HttpContext http,
        Viewer viewer,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (!await IsMember(viewer, db, cancel))
            return Redirect.To("/join");
        var profile = await db.Set<MemberProfile>()
            .AsNoTracking()
            .SingleOrDefaultAsync(p => p.MemberId == viewer.AccountId, cancel);
        var input = profile is null ? new Input() : Input.Of(profile);
        return await View(Form<Input>.Of(input), http, viewer, db, vocabulary, cancel);
    }

    static async Task<IResult> Post(
        Form<Input> form,
        HttpContext http,
        Viewer viewer,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        if (!await IsMember(viewer, db, cancel))
            return Redirect.To("/join");
        var id = viewer.AccountId!.Value;
        // One turn for all: two members of one name who save at once must not both find its address free.
        await using var turn = await db.TakeTurn("profile addresses", cancel);
        var name = await db.Set<Account>().Where(a => a.Id == id).Select(a => a.Name).SingleAsync(cancel);
        if (form.Value is { Listed: true } && name.Length == 0)
            form.With(
                nameof(Input.Listed),
                "Nobody can find you without a name. Enter it on the page of your account first."
            );
        if (form.Value is not { } input)
            return await View(form, http, viewer, db, vocabulary, cancel);
        if (await db.Set<MemberProfile>().SingleOrDefaultAsync(p => p.MemberId == id, cancel) is not { } profile)
        {
            var slug = await Slug.Free(
                Slug.Of(name, "member"),
                wanted => db.Set<MemberProfile>().AnyAsync(p => p.Slug == wanted, cancel)
            );
            db.Add(profile = MemberProfile.Of(id, slug, db.Now));
        }
        profile.Describe(input.Kept(), db.Now);
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return Redirect
            .To(Path)
            .Saying(input.Listed ? "Saved. Others find you as shown below." : "Saved. Nobody finds you.");
    }

    private static Task<bool> IsMember(Viewer viewer, PlatformDb db, CancellationToken cancel) =>
        db.Set<Member>().AnyAsync(m => m.Id == viewer.AccountId && m.State == MemberState.Member, cancel);

    private static async Task<PageResult> View(
        Form<Input> form,
        HttpContext http,
        Viewer viewer,
        PlatformDb db,
        IVocabulary vocabulary,
        CancellationToken cancel
    )
    {
        var id = viewer.AccountId!.Value;
        var profile = await db.Set<MemberProfile>()
            .AsNoTracking()
            .Where(p => p.MemberId == id)
            .Select(p => new { p.Slug, p.Listed })
            .SingleOrDefaultAsync(cancel);
        return EditProfilePage.View(
            new(
                form,
                viewer.Name,
                profile is { Listed: true } ? ShowMember.PathOf(profile.Slug) : null,
                profile is not null,
                await ProfileView.Of(db.Preview(id, Audience.Strangers), db, vocabulary, cancel),
                await ProfileView.Of(db.Preview(id, Audience.AnyMember), db, vocabulary, cancel),
                await http
                    .RequestServices.GetRequiredService<ModuleRegistry>()
                    .Fill(
                        MemberSlots.OwnProfile,
                        new MemberContext(id),
                        new SlotScope(db, viewer, http.Texts(), http.RequestServices),
                        cancel
                    )
            ),
            form.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }
}
