using System.Text;

namespace Lpsa.Members;

/// <summary>Several names in one cell: Mailchimp's <c>"Tag A","Tag B"</c>, and names joined by commas.</summary>
static class TagList
{
    public static IReadOnlyList<string> Read(string cell)
    {
        var tags = new List<string>();
        for (var at = 0; at < cell.Length; )
        {
            if (char.IsWhiteSpace(cell[at]) || cell[at] == ',')
                at++;
            else
                Add(cell[at] == '"' ? Quoted(cell, ref at) : Plain(cell, ref at));
        }
        return tags;

        void Add(string tag)
        {
            if (tag.Length > 0)
                tags.Add(tag);
        }
    }

    public static string Write(IEnumerable<string> tags) =>
        string.Join(',', tags.Select(t => '"' + t.Replace("\"", "\"\"") + '"'));

    private static string Quoted(string cell, ref int at)
    {
        var tag = new StringBuilder();
        for (at++; at < cell.Length; at++)
        {
            if (cell[at] != '"')
                tag.Append(cell[at]);
            else if (at + 1 < cell.Length && cell[at + 1] == '"')
                tag.Append(cell[at++]);
            else
                break;
        }
        at++;
        return tag.ToString();
    }

    /// <summary>A comma that belongs to the name of an interest group has a backslash before it.</summary>
    private static string Plain(string cell, ref int at)
    {
        var tag = new StringBuilder();
        for (; at < cell.Length && cell[at] is not (',' or ';'); at++)
        {
            if (cell[at] == '\\' && at + 1 < cell.Length)
                at++;
            tag.Append(cell[at]);
        }
        at++;
        return tag.ToString().Trim();
    }
}
