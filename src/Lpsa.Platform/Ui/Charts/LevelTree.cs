namespace Lpsa.Platform;

/// <summary>What kind of body a level is, as far as the picture tells kinds apart.</summary>
public enum LevelKind
{
    Unknown,
    National,
    Devolved,
    Hybrid,
    Deconcentrated,
    Other,
}

/// <summary>One level of government, or one kind of body on it: several may share an order number.</summary>
/// <param name="Order">1 is the level directly below the national government.</param>
/// <param name="Count">How many there are; null when not known.</param>
/// <param name="Nature">Nature of the institution in words: "Devolved, limited autonomy".</param>
/// <param name="Inferred">The nature was inferred from a text and not found by a country team.</param>
public sealed record GovernmentLevel(
    int Order,
    string Name,
    long? Count,
    string? Nature = null,
    LevelKind Kind = LevelKind.Unknown,
    string? LocalName = null,
    bool Inferred = false,
    string? CountReason = null
);

/// <summary>Levels of government from the national down: name, number and nature of each.</summary>
public sealed record LevelTree : Chart
{
    /// <summary>Head of the tree: the country or its national government.</summary>
    public required string Head { get; init; }
    public required IReadOnlyList<GovernmentLevel> Levels { get; init; }

    internal IEnumerable<IGrouping<int, GovernmentLevel>> Tiers() =>
        Levels.OrderBy(level => level.Order).GroupBy(level => level.Order);

    public override string Sentence(Words words)
    {
        if (Levels.Count == 0)
            return words.L("No levels of government below the national one are recorded.");
        var list = string.Join("; ", Tiers().SelectMany(tier => tier).Select(Told));
        return words.N("{0} levels of government below the national one: {1}.", Tiers().Count(), list);

        string Told(GovernmentLevel level) =>
            level.Count is { } count ? words.L("{0} ({1})", level.Name, words.Number(count)) : level.Name;
    }

    public override ChartTable Table(Words words)
    {
        return new(
            [
                new(words.L("Level"), Numeric: true),
                new(words.L("Name")),
                new(words.L("Local name")),
                new(words.L("Number"), Numeric: true),
                new(words.L("Nature")),
            ],
            [.. Tiers().SelectMany(tier => tier).Select(Cells)],
            Levels.Any(level => level.Inferred) ? [InferredNote(words)] : []
        );

        IReadOnlyList<ChartCell> Cells(GovernmentLevel level) =>
            [
                new(words.Number(level.Order), level.Order),
                new(level.Name),
                new(level.LocalName ?? ""),
                level.Count is { } count
                    ? new(words.Number(count), count)
                    : new(CountText(level, words), IsMissing: true),
                new(NatureText(level, words)),
            ];
    }

    internal static string InferredNote(Words words) =>
        words.L("* Inferred from published texts; not a finding of a country team.");

    internal static string CountText(GovernmentLevel level, Words words) =>
        level.Count is { } count ? words.Number(count) : level.CountReason ?? words.L("number not known");

    internal static string NatureText(GovernmentLevel level, Words words) =>
        level.Nature is null ? words.L("Nature not known")
        : level.Inferred ? level.Nature + "\u00a0*"
        : level.Nature;

    internal override void Draw(Sheet sheet, Words words) => new LevelTreeDrawing(this, sheet, words).Draw();
}
