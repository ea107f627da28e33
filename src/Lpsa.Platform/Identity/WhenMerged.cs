using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>What becomes of a row that names an account when the account is merged into another one of the same person.</summary>
public enum WhenMerged
{
    /// <summary>It belongs to the account that stays. Where that one has such a row already, one of the two goes.</summary>
    Moves,

    /// <summary>It is deleted and does not come back with an undo: what a browser or a mail holds open.</summary>
    Ends,

    /// <summary>It stays with the account that is closed: credentials and roles, so that nobody gains by a merge.</summary>
    Stays,

    /// <summary>The module that merges puts both together by itself.</summary>
    Combined,
}

/// <summary>
/// Said once where a column that names an account or a member is mapped. A merge reads it from the model and so reaches
/// the tables of every module; a test fails for a column that says nothing.
/// </summary>
public static class MergeMapping
{
    private const string Annotation = "Lpsa:WhenMerged";

    public static PropertyBuilder<T> WhenMerged<T>(this PropertyBuilder<T> property, WhenMerged rule) =>
        (PropertyBuilder<T>)property.HasAnnotation(Annotation, rule);

    public static WhenMerged? RuleWhenMerged(this Microsoft.EntityFrameworkCore.Metadata.IReadOnlyProperty property) =>
        property.FindAnnotation(Annotation)?.Value as WhenMerged?;
}
