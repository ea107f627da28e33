using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>What staff write about a term. One property for each language, so that the form works without script.</summary>
public sealed record TermForm
{
    [
        Required(ErrorMessage = "Enter the English label."),
        StringLength(120, ErrorMessage = "A label has at most 120 characters.")
    ]
    public string LabelEn { get; init; } = "";

    [StringLength(120, ErrorMessage = "A label has at most 120 characters.")]
    public string LabelFr { get; init; } = "";

    [StringLength(120, ErrorMessage = "A label has at most 120 characters.")]
    public string LabelEs { get; init; } = "";

    [StringLength(120, ErrorMessage = "A label has at most 120 characters.")]
    public string LabelPt { get; init; } = "";

    [StringLength(120, ErrorMessage = "A label has at most 120 characters.")]
    public string LabelAr { get; init; } = "";

    [StringLength(500, ErrorMessage = "A definition has at most 500 characters.")]
    public string DefinitionEn { get; init; } = "";

    [StringLength(500, ErrorMessage = "A definition has at most 500 characters.")]
    public string DefinitionFr { get; init; } = "";

    [StringLength(500, ErrorMessage = "A definition has at most 500 characters.")]
    public string DefinitionEs { get; init; } = "";

    [StringLength(500, ErrorMessage = "A definition has at most 500 characters.")]
    public string DefinitionPt { get; init; } = "";

    [StringLength(500, ErrorMessage = "A definition has at most 500 characters.")]
    public string DefinitionAr { get; init; } = "";

    /// <summary>One spelling a line.</summary>
    [StringLength(4000, ErrorMessage = "The other spellings have at most 4,000 characters.")]
    public string Alternatives { get; init; } = "";

    public string Parent { get; init; } = "";

    public IReadOnlyDictionary<string, string> Labels =>
        new Dictionary<string, string>
        {
            ["en"] = LabelEn,
            ["fr"] = LabelFr,
            ["es"] = LabelEs,
            ["pt"] = LabelPt,
            ["ar"] = LabelAr,
        };

    public IReadOnlyDictionary<string, string> Definitions =>
        new Dictionary<string, string>
        {
            ["en"] = DefinitionEn,
            ["fr"] = DefinitionFr,
            ["es"] = DefinitionEs,
            ["pt"] = DefinitionPt,
            ["ar"] = DefinitionAr,
        };

    public IReadOnlyList<string> Spellings =>
        Alternatives.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static TermForm Of(Term term) =>
        new()
        {
            LabelEn = Text(term.Labels, "en"),
            LabelFr = Text(term.Labels, "fr"),
            LabelEs = Text(term.Labels, "es"),
            LabelPt = Text(term.Labels, "pt"),
            LabelAr = Text(term.Labels, "ar"),
            DefinitionEn = Text(term.Definitions, "en"),
            DefinitionFr = Text(term.Definitions, "fr"),
            DefinitionEs = Text(term.Definitions, "es"),
            DefinitionPt = Text(term.Definitions, "pt"),
            DefinitionAr = Text(term.Definitions, "ar"),
            Alternatives = string.Join('\n', term.Alternatives),
            Parent = term.Parent ?? "",
        };

    /// <summary>The field and what is wrong with it, when a name already belongs to another term or the parent does not fit.</summary>
    public (string Field, string Message)? Problem(Taxonomy taxonomy, string vocabulary, string? code)
    {
        foreach (var (language, label) in Labels)
            if (label != "" && Other(label))
                return (
                    "Label" + char.ToUpperInvariant(language[0]) + language[1],
                    "Another term already has this label. Merge the two, or choose another label."
                );
        if (Spellings.Any(Other))
            return ("Alternatives", "One of these spellings belongs to another term.");
        if (Parent != "" && !Fits(Parent))
            return ("Parent", "Choose a term of the same vocabulary that is not below this one.");
        return null;

        bool Other(string name) => taxonomy.Find(vocabulary, name) is { } found && found.Code != code;

        bool Fits(string parent)
        {
            for (
                var above = taxonomy[vocabulary, parent];
                above is not null;
                above = above.Parent is null ? null : taxonomy[vocabulary, above.Parent]
            )
                if (above.Code == code)
                    return false;
            return taxonomy[vocabulary, parent] is not null;
        }
    }

    private static string Text(IReadOnlyDictionary<string, string> texts, string language) =>
        texts.GetValueOrDefault(language, "");
}
