using System.Text;

namespace Lpsa.Platform;

/// <summary>A query over tokens, written in the language of FTS5 or of tsquery.</summary>
internal sealed class MatchExpression(bool postgres)
{
    /// <summary>First one for each part of the query, in its order, then what was added.</summary>
    private readonly List<string> required = [];
    private readonly List<string> refused = [];

    private string And => postgres ? " & " : " AND ";
    private string Or => postgres ? " | " : " OR ";

    public static MatchExpression Of(SearchQuery query, bool postgres)
    {
        var expression = new MatchExpression(postgres);
        foreach (var part in query.Parts)
            expression.required.Add(expression.Any(part, part.TitleOnly ? IndexToken.Title : Plain));
        foreach (var part in query.Excluded)
            expression.refused.Add(expression.Any(part, part.TitleOnly ? IndexToken.Title : Plain));
        return expression;
    }

    /// <summary>The same, with every word in its marked form: in the title, or among the strong words.</summary>
    public MatchExpression AllMarked(SearchQuery query, Func<string, string> mark)
    {
        var expression = Copy();
        // A document with the marked form has the plain one too, so the plain one need not be asked for.
        for (var i = 0; i < query.Parts.Count; i++)
            if (!query.Parts[i].TitleOnly)
                expression.required[i] = Any(query.Parts[i], mark);
        return expression;
    }

    public MatchExpression With(IEnumerable<string> tokens)
    {
        var expression = Copy();
        expression.required.AddRange(tokens.Select(Quote));
        return expression;
    }

    public MatchExpression WithAny(IEnumerable<string> tokens)
    {
        var expression = Copy();
        expression.required.Add("(" + string.Join(Or, tokens.Select(Quote)) + ")");
        return expression;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendJoin(And, required.Count > 0 ? required : [Quote(IndexToken.Everything)]);
        if (refused.Count == 0)
            return text.ToString();
        text.Insert(0, '(').Append(postgres ? ") & !(" : ") NOT (");
        return text.AppendJoin(Or, refused).Append(')').ToString();
    }

    private MatchExpression Copy()
    {
        var copy = new MatchExpression(postgres);
        copy.required.AddRange(required);
        copy.refused.AddRange(refused);
        return copy;
    }

    private string Any(QueryPart part, Func<string, string> mark) =>
        "("
        + string.Join(
            Or,
            part.Alternatives.Select(a =>
                "(" + string.Join(And, a.Words.Select(mark).Concat(a.Pairs).Select(Quote)) + ")"
            )
        )
        + ")";

    private static string Plain(string word) => word;

    private string Quote(string token) => postgres ? $"'{token}'" : $"\"{token}\"";
}
