using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>Posts: reading, filtering, feeds, editing, moving in.</summary>
public sealed class PublishingModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Entity<Post, Post.Map>();
        m.Entity<PostFacet, PostFacet.Map>();
        m.Entity<PostCredit, PostCredit.Map>();
        m.Entity<PostTranslation, PostTranslation.Map>();
        m.Entity<PostRevision, PostRevision.Map>();
        m.Entity<PostWorkingCopy, PostWorkingCopy.Map>();
        m.Entity<PostComment, PostComment.Map>();
        m.Entity<Author, Author.Map>();
        m.Services.AddSingleton<PostCatalogue>();
        m.Services.AddSingleton<LatestPosts>();
        m.Services.AddScoped<PostFeeds.Sources>();
        m.Services.AddSingleton<PostSuggestions>();
        m.Services.AddSingleton<AuthorPosts>();
        m.Services.AddScoped<ImportPosts>();
        m.Services.AddScoped<ImportExplainers>();

        m.Nav("Posts", "/posts", order: 10);
        m.AdminNav("Posts", "/admin/posts", order: 10, PublishingPermissions.Write);
        m.AdminNav("Files", "/admin/files", order: 12, PublishingPermissions.Write);
        m.AdminNav("Authors", "/admin/authors", order: 11, PublishingPermissions.Edit);
        m.Permissions(PublishingPermissions.Write, PublishingPermissions.Edit);
        m.Setting(
            new Setting(
                PostLicence.Setting,
                "Licence of our own posts",
                "Shown on posts that name no other licence.",
                "CC BY 4.0"
            )
        );
        m.Setting(
            Setting.WholeNumber(
                "publishing.check-months",
                "Months until a post counts as old",
                "After this time without a check, readers see that the post may be out of date.",
                standard: 24,
                least: 1,
                most: 240
            )
        );

        m.Pages(ListPosts.Map, ShowArchive.Map, ShowPost.Map, ShowAuthor.Map);
        m.Pages(
            ListDrafts.Map,
            EditPost.Map,
            KeepWorkingCopy.Map,
            ChangeState.Map,
            ShowRevisions.Map,
            TranslatePost.Map,
            EditAuthors.Map,
            UploadFiles.Map
        );
        m.Api(PostsApi.Map);
        m.Feeds(PostFeeds.Map, ShowCard.Map);
        m.Feed("All posts", "/feed");

        m.Search(
            new SearchSource(
                "post",
                "Posts",
                PostSearch.Load,
                db => db.Set<Post>().Select(p => p.Id).AsAsyncEnumerable()
            )
        );
        m.Sitemap(PostSitemap.List);
        m.Services.AddSingleton(new CountryContent("posts", CountryPosts.Count));
        m.Fill(PlaceSlots.Hub, HubPosts.Fill, order: 30);
        m.Every(TimeSpan.FromMinutes(1), "publishing.publish-due", PublishDue.Run);
        m.On<TermsReplaced>("publishing.move-terms", MoveTerms.Run);
        m.Digest(PostDigest.List);
        m.Kpi(
            "publishing.posts",
            "Posts published",
            "Posts whose date lies in the period and that are public today.",
            PostKpis.Published
        );
        m.PersonalData(new PersonalData("posts", PostPersonalData.Export, PostPersonalData.Erase));
    }
}

static class PublishingPermissions
{
    public static readonly Permission Write = new(
        "publishing.write",
        "Write posts and submit them",
        Roles.Contributor,
        Roles.Editor
    );
    public static readonly Permission Edit = new("publishing.edit", "Edit, publish and archive any post", Roles.Editor);
}
