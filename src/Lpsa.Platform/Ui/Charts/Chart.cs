namespace Lpsa.Platform;

/// <summary>
/// A figure: the same record is drawn into the page, listed as a table, told in words and written to SVG, PNG and CSV,
/// so that no two of them can disagree.
/// </summary>
public abstract record Chart
{
    public required ChartFrame Frame { get; init; }

    /// <summary>What the data say, in a sentence or two, made from the data.</summary>
    public abstract string Sentence(Words words);

    /// <summary>Every value of the picture, and the reason for every missing one.</summary>
    public abstract ChartTable Table(Words words);

    /// <summary>Draws into a sheet of given width and sets its height.</summary>
    internal abstract void Draw(Sheet sheet, Words words);

    /// <summary>True where parts of the picture are links: such a picture must not be announced as one flat image.</summary>
    internal virtual bool HasLinks => false;

    /// <summary>
    /// True where the picture is the same shape at every width (a map); such a picture goes into the page once and only
    /// its key is drawn twice.
    /// </summary>
    internal virtual bool DrawnOnce => false;

    /// <summary>What stands under a picture that is drawn once: key and notes, laid out for a width.</summary>
    internal virtual void DrawKey(Sheet sheet, Words words) { }
}

/// <summary>What surrounds a picture: whose it is, what it measures, where it comes from and how to take it along.</summary>
public sealed record ChartFrame
{
    /// <summary>Unique in the page; anchors and labels are built from it. Letters, digits and hyphens.</summary>
    public required string Id { get; init; }
    public required string Title { get; init; }

    /// <summary>Unit in words: "% of public expenditure".</summary>
    public required string Unit { get; init; }

    /// <summary>Year or span of years the values belong to.</summary>
    public required string Period { get; init; }
    public required ChartSource Source { get; init; }

    /// <summary>What a reader must know to read the values rightly.</summary>
    public string? Note { get; init; }

    /// <summary>Permanent address of the figure, with the version of the data.</summary>
    public string? Address { get; init; }
    public string? DataVersion { get; init; }
    public IReadOnlyList<ChartLink> Downloads { get; init; } = [];

    /// <summary>HTML another site can paste; shown as text.</summary>
    public string? EmbedCode { get; init; }

    /// <summary>Unit and period, as far as given.</summary>
    public string Subtitle(Words words) =>
        Unit.Length == 0 ? Period
        : Period.Length == 0 ? Unit
        : words.L("{0}, {1}", Unit, Period);
}

public sealed record ChartLink(string Label, string Href);

/// <param name="Name">Who published the data and under which title.</param>
/// <param name="License">Short name of the licence: "CC BY 4.0".</param>
public sealed record ChartSource(string Name, string? Href = null, string? License = null, string? LicenseHref = null);

/// <summary>
/// One observation in a picture: a value, or the reason why there is none. It is never zero by default, because a zero
/// that means "not known" is read as a finding.
/// </summary>
/// <param name="Low">Lower end of the interval, where one is known.</param>
/// <param name="High">Upper end of the interval, where one is known.</param>
public readonly record struct ChartValue(double? Value, string? Reason = null, double? Low = null, double? High = null)
{
    /// <summary>
    /// The value when it can be drawn. Not-a-number counts as missing, and so does a size that no quantity on Earth
    /// reaches: arithmetic on an axis would overflow with it.
    /// </summary>
    public double? Drawn => Value is { } value && Fits(value) ? value : null;

    /// <summary>The interval when both ends are known, in order and around the value.</summary>
    public (double Low, double High)? Interval =>
        Drawn is { } value && Low is { } low && High is { } high && Fits(low) && Fits(high)
            ? (Math.Min(Math.Min(low, high), value), Math.Max(Math.Max(low, high), value))
            : null;

    private static bool Fits(double value) => Math.Abs(value) < 1e100;

    public static implicit operator ChartValue(double value) => new(value);

    public static ChartValue Missing(string reason) => new(null, reason);
}

/// <summary>How values are written.</summary>
/// <param name="Decimals">Digits after the decimal mark.</param>
/// <param name="Percent">Writes a percent sign, spaced as the language wants it.</param>
public readonly record struct Measure(int Decimals = 1, bool Percent = false);
