using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Publishing;

/// <summary>A comment with the answers to it, oldest first.</summary>
public sealed record ShownComment(
    int Number,
    string Author,
    string Body,
    DateTime? WrittenAt,
    IReadOnlyList<ShownComment> Answers
)
{
    /// <summary>Answers to answers stand under the same comment from here on: a phone has no room for more.</summary>
    private const int Deepest = 3;

    public static async Task<IReadOnlyList<ShownComment>> Read(PlatformDb db, Guid post, CancellationToken cancel)
    {
        var comments = await db.Set<PostComment>().AsNoTracking().Where(c => c.PostId == post).ToListAsync(cancel);
        if (comments.Count == 0)
            return [];
        var answers = comments
            .OrderBy(c => c.WrittenAt ?? DateTime.MaxValue)
            .ThenBy(c => c.Id)
            .ToLookup(c => c.ParentId);
        var number = 0;
        return Under(null, 1);

        IReadOnlyList<ShownComment> Under(Guid? parent, int depth) =>
            [.. answers[parent].SelectMany(c => depth < Deepest ? [Make(c, depth)] : Flat(c))];

        ShownComment Make(PostComment comment, int depth) =>
            new(++number, comment.Author, comment.Body, comment.WrittenAt, Under(comment.Id, depth + 1));

        // Without recursion: threads of thousands exist, and the stack ends before they do.
        IEnumerable<ShownComment> Flat(PostComment first)
        {
            var waiting = new Stack<PostComment>([first]);
            while (waiting.TryPop(out var comment))
            {
                yield return new(++number, comment.Author, comment.Body, comment.WrittenAt, []);
                foreach (var answer in answers[comment.Id].Reverse())
                    waiting.Push(answer);
            }
        }
    }
}
