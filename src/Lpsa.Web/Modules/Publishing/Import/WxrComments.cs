using System.Globalization;

namespace Lpsa.Publishing;

/// <summary>The comments of one item.</summary>
sealed class WxrComments(Findings findings, WxrLimits limits)
{
    private readonly Dictionary<long, (WxrComment Comment, (int, int) Place)> comments = [];

    public void Read(WxrElement element, long? item)
    {
        var place = element.Place;
        var fields = ReadFields(element);
        var approved = Value("wp:comment_approved");
        if (
            !long.TryParse(Value("wp:comment_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || id == 0
        )
            Left(
                "comment without a number",
                $"A comment without a usable number (“{Value("wp:comment_id")}”) was left."
            );
        else if (approved is "spam")
            Left("spam comments", $"Comment {id} is spam and was left.");
        else if (approved is "trash" or "post-trashed")
            Left("comments in the bin", $"Comment {id} was in the bin and was left.");
        else if (comments.Count >= limits.CommentsOfAnItem)
            Left("too many comments", $"More than {limits.CommentsOfAnItem:N0} comments; comment {id} was left.");
        else if (!comments.TryAdd(id, (Make(id), place)))
            Left("comment given twice", $"Comment {id} is given twice; the first is taken.");

        WxrComment Make(long number) =>
            new(
                number,
                long.TryParse(
                    Value("wp:comment_parent"),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var parent
                )
                && parent > 0
                    ? parent
                    : null,
                Value("wp:comment_author"),
                Value("wp:comment_author_email"),
                Value("wp:comment_author_url"),
                Written(),
                Value("wp:comment_content"),
                approved is "1" or "approved" or "" ? WxrCommentState.Approved : WxrCommentState.Waiting,
                Value("wp:comment_type") is "pingback" or "trackback"
            );

        DateTime? Written()
        {
            var text = Value("wp:comment_date_gmt");
            if (WxrDate.IsNone(text))
                text = Value("wp:comment_date");
            var date = WxrDate.Read(text);
            if (date is null && !WxrDate.IsNone(text))
                findings.Add(
                    FindingSeverity.Changed,
                    "dates of comments",
                    $"“{text}” is not a date; comment {Value("wp:comment_id")} has none now.",
                    place,
                    "wp:comment_date_gmt",
                    item
                );
            return date;
        }

        string Value(string field) => fields.GetValueOrDefault(field, "");

        void Left(string kind, string message) =>
            findings.Add(FindingSeverity.Left, kind, message, place, "wp:comment", item);
    }

    private Dictionary<string, string> ReadFields(WxrElement element)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.IsEmpty)
            return fields;
        var depth = element.Depth + 1;
        while (element.NextChild(depth))
        {
            var key = element.Key;
            if (key is "wp:comment_author_IP" or "wp:commentmeta")
                element.Skip();
            else
                fields[key] = element.Text(key == "wp:comment_content" ? limits.Comment : limits.Name * 2);
        }
        return fields;
    }

    /// <summary>In the order of the file, with parents that are missing or lead in a circle taken away.</summary>
    public IReadOnlyList<WxrComment> Resolve(long? item)
    {
        if (comments.Count == 0)
            return [];
        var list = new List<WxrComment>(comments.Count);
        var ends = new HashSet<long>();
        foreach (var (id, (comment, place)) in comments)
        {
            if (comment.Parent is not { } parent || (comments.ContainsKey(parent) && !LeadsBack(id, ends)))
            {
                list.Add(comment);
                continue;
            }
            var missing = !comments.ContainsKey(parent);
            findings.Add(
                FindingSeverity.Changed,
                missing ? "answers to comments that are not in the file" : "circles of comments",
                missing
                    ? $"Comment {id} answers comment {parent}, which is not there; it stands alone."
                    : $"Comment {id} answers, through others, itself; it stands alone.",
                place,
                "wp:comment_parent",
                item
            );
            list.Add(comment with { Parent = null });
        }
        return list;
    }

    /// <param name="ends">Comments known to lead to an end; keeps long threads linear.</param>
    private bool LeadsBack(long id, HashSet<long> ends)
    {
        var path = new HashSet<long>();
        long? at = id;
        while (at is { } here && !ends.Contains(here) && path.Add(here))
            at = comments.TryGetValue(here, out var found) ? found.Comment.Parent : null;
        if (at is null || ends.Contains(at.Value))
            ends.UnionWith(path);
        return at == id;
    }
}
