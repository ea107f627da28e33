using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lpsa.Places;

/// <summary>
/// Our compilation on the levels of government of countries, every value with its source. Not findings of LPSA;
/// codes of institutional nature say for themselves whether they are inferred.
/// </summary>
public sealed class CountryProfiles
{
    private static readonly Lazy<CountryProfiles> Loaded = new(() =>
        new(ShippedFile.Read<ProfilesFile>("country-profiles.json"))
    );

    private readonly FrozenDictionary<string, CountryProfile> byCode;

    private CountryProfiles(ProfilesFile file)
    {
        Compiled = file.Generated;
        byCode = file.Countries.ToFrozenDictionary(c => c.Iso3);
    }

    public static CountryProfiles Shipped => Loaded.Value;

    /// <summary>The day the compilation was made.</summary>
    public DateOnly Compiled { get; }
    public IEnumerable<CountryProfile> All => byCode.Values;

    public CountryProfile? this[string iso3] => byCode.GetValueOrDefault(iso3);

    private sealed record ProfilesFile(DateOnly Generated, IReadOnlyList<CountryProfile> Countries);
}

public sealed record CountryProfile(
    string Iso3,
    Sourced StateForm,
    PublishedProfile LpsaProfile,
    IReadOnlyList<ProfileLevel> Levels,
    IReadOnlyList<Sourced> Facts,
    string? Summary,
    string? Caveat
)
{
    /// <summary>Steps below the national level; bodies that stand beside each other share one.</summary>
    public int Tiers => Levels.Select(l => l.Order).Distinct().Count();

    /// <summary>Every sourced value, in the order of the page.</summary>
    public IEnumerable<(string About, Sourced Value)> Values()
    {
        yield return ("state form", StateForm);
        foreach (var level in Levels)
        foreach (var (about, value) in level.Values())
            yield return ($"{level.NameEn}: {about}", value);
        foreach (var fact in Facts)
            yield return ("fact", fact);
    }

    /// <summary>First and last year of the dates that sources show; null when none does.</summary>
    public (int First, int Last)? SourceYears
    {
        get
        {
            var years = Values().Select(v => v.Value.Year).OfType<int>().ToList();
            return years.Count == 0 ? null : (years.Min(), years.Max());
        }
    }
}

/// <summary>Whether LPSA itself has published a page on the country, and where.</summary>
public sealed record PublishedProfile(bool Found, string? Title, int? EditionYear, string? Url, DateOnly? LastUpdated);

/// <param name="Order">1 is the level below the centre; parallel bodies share a number.</param>
/// <param name="GeographicCategory">REG regional, INT intermediate, LOC local, SUB sub-local.</param>
/// <param name="Area">U urban, R rural, B both.</param>
/// <param name="NameLocalFrom">“cited source”, or that the local name is general knowledge and needs checking.</param>
/// <param name="ParallelTo">English name of the body it stands beside on the same territory.</param>
public sealed record ProfileLevel(
    int Order,
    string NameEn,
    string? NameLocal,
    string? NameLocalFrom,
    string GeographicCategory,
    string Area,
    Sourced Count,
    InstitutionNature? Nature,
    Sourced? Council,
    Sourced? Executive,
    string? ParallelTo,
    Sourced? AveragePopulation
)
{
    public IReadOnlyList<Sourced> Functions { get; init; } = [];
    public IReadOnlyList<Sourced> Facts { get; init; } = [];

    public long? Number => long.TryParse(Count.Value, CultureInfo.InvariantCulture, out var number) ? number : null;
    public bool NameIsUnchecked => NameLocal is not null && NameLocalFrom != "cited source";

    public IEnumerable<(string About, Sourced Value)> Values()
    {
        yield return ("number", Count);
        if (Council is not null)
            yield return ("council", Council);
        if (Executive is not null)
            yield return ("executive", Executive);
        if (AveragePopulation is not null)
            yield return ("average population", AveragePopulation);
        foreach (var function in Functions)
            yield return ("function", function);
        foreach (var fact in Facts)
            yield return ("fact", fact);
    }
}

/// <param name="Code">Code of the LoGICA list of institutional natures; null when the sources read do not allow one.</param>
public sealed record InstitutionNature(
    string? Code,
    string CodeBasis,
    string? Summary,
    string? Source,
    string? SourceDate
)
{
    public bool IsInferred => CodeBasis != "mapped by us from LPSA wording";
}

/// <summary>A value with the address and the date of its source; the date may be a year, a month or missing.</summary>
/// <param name="Computed">How we computed the value, where it is not in the source as such.</param>
/// <param name="Field">What the value measures, where it is a number in a list of facts.</param>
public sealed record Sourced(
    [property: JsonConverter(typeof(TextOrNumber))] string? Value,
    string? Source,
    string? SourceDate,
    string? Note,
    string? Computed,
    string? Field
)
{
    public int? Year =>
        SourceDate is { Length: >= 4 } date
        && int.TryParse(date.AsSpan(0, 4), CultureInfo.InvariantCulture, out var year)
            ? year
            : null;
}

/// <summary>Counts are numbers and descriptions are sentences; both are shown as text.</summary>
public sealed class TextOrNumber : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number => reader.GetDecimal().ToString(CultureInfo.InvariantCulture),
            _ => reader.GetString(),
        };

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
