namespace Lpsa.Publishing;

/// <summary>Bounds of what is read from an export, in UTF-16 units unless said otherwise. WordPress' own columns are
/// smaller, apart from texts.</summary>
sealed record WxrLimits
{
    public static readonly WxrLimits Default = new();

    public long File { get; init; } = 4_000_000_000;
    public int Depth { get; init; } = 32;
    public int Items { get; init; } = 1_000_000;
    public int Content { get; init; } = 5_000_000;

    /// <summary>As long as the editor's form takes, so that every post can be saved again.</summary>
    public int Title { get; init; } = 200;
    public int Slug { get; init; } = 200;
    public int Name { get; init; } = 200;
    public int Description { get; init; } = 10_000;
    public int Excerpt { get; init; } = 10_000;
    public int Comment { get; init; } = 100_000;
    public int CommentsOfAnItem { get; init; } = 50_000;
    public int MetaOfAnItem { get; init; } = 2_000;
    public int TermsOfAnItem { get; init; } = 500;
    public int MetaValue { get; init; } = 100_000;

    /// <summary>Longest tag or attribute; XML readers hold these in memory whole.</summary>
    public int Tag { get; init; } = 100_000;
}
