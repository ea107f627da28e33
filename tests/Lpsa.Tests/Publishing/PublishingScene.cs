using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;

namespace Lpsa.Tests;

/// <summary>Posts as tests need them, made through the entity itself.</summary>
internal static class PublishingScene
{
    public static Task<Post> Posted(
        this TestSite site,
        string title,
        PostState state = PostState.Published,
        string body = "Some text.",
        string summary = "A summary.",
        PostKind kind = PostKind.Post,
        DateOnly? date = null,
        params (string Axis, string Code)[] facets
    ) =>
        site.Db(async db =>
        {
            var slug = Slug.Of(title);
            var post = Post.Draft(kind, "en", slug, null, db.Now);
            post.Write(title, summary, body, db.Now);
            post.Describe(new PostDetails(kind, slug) { Date = date ?? new DateOnly(2026, 5, 1) }, db.Now);
            post.Classify(facets);
            switch (state)
            {
                case PostState.Published:
                    post.Publish(db.Now);
                    break;
                case PostState.Submitted:
                    post.Submit(db.Now);
                    break;
                case PostState.Scheduled:
                    post.Schedule(db.Now.AddDays(2), db.Now);
                    break;
                case PostState.Archived:
                    post.Archive(db.Now);
                    break;
            }
            db.Add(post);
            await db.SaveChangesAsync();
            return post;
        });
}
