using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>One published post as lists show it. Kept in memory; the text stays in the database.</summary>
public sealed record PostEntry
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required PostKind Kind { get; init; }
    public required string Language { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public DateOnly? Date { get; init; }
    public DatePrecision Precision { get; init; }
    public required DateTime PublishedAt { get; init; }
    public required DateTime ChangedAt { get; init; }
    public DateOnly? CheckedOn { get; init; }
    public string? Picture { get; init; }

    /// <summary>Numbers of its facets in the <see cref="FacetTable"/>.</summary>
    public required int[] Facets { get; init; }
    public required IReadOnlyList<AuthorEntry> Authors { get; init; }

    /// <summary>Titles and summaries in other languages than its own.</summary>
    public required IReadOnlyList<TranslatedEntry> Translations { get; init; }

    public string Path => "/posts/" + Slug;

    /// <summary>What a reader of this language gets to see in a list.</summary>
    public (string Title, string Summary, string Language) In(string language)
    {
        if (language != Language)
            foreach (var translation in Translations)
                if (translation.Language == language)
                    return (translation.Title, translation.Summary, language);
        return (Title, Summary, Language);
    }
}

public sealed record AuthorEntry(Guid Id, string Slug, string Name, CreditRole Role, bool IsOrganisation);

public sealed record TranslatedEntry(
    string Language,
    string Title,
    string Summary,
    bool IsBehind,
    TranslationQuality State
);
