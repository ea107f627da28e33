using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Organisations;

/// <summary>What staff write about an organisation.</summary>
public sealed partial record OrganisationInput : IValidatableObject
{
    [Required(ErrorMessage = "Enter a name.")]
    [StringLength(200, ErrorMessage = "A name has at most 200 characters.")]
    public string Name { get; init; } = "";

    [StringLength(12)]
    public string Language { get; init; } = "";

    [StringLength(30)]
    public string Acronym { get; init; } = "";

    [StringLength(2000)]
    public string OtherNames { get; init; } = "";

    [Required(ErrorMessage = "Choose a kind.")]
    public string Kind { get; init; } = "";
    public string Country { get; init; } = "";

    [StringLength(300)]
    public string Website { get; init; } = "";

    [StringLength(60)]
    public string Ror { get; init; } = "";

    [StringLength(60)]
    public string Wikidata { get; init; } = "";

    [StringLength(5000)]
    public string Description { get; init; } = "";
    public OrganisationState State { get; init; } = OrganisationState.Draft;
    public DateOnly? ClosedOn { get; init; }

    [StringLength(300)]
    public string ClosedNote { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Name.Length > 0 && PlainText.Line(Name).Length == 0)
            yield return new(Sentence.Of("This name has no character that can be seen."), [nameof(Name)]);
        if (Language.Length > 0 && !LanguageCode().IsMatch(Language))
            yield return new(Sentence.Of("A code of a language looks like fr or pt-BR."), [nameof(Language)]);
        if (Website.Length > 0 && !SafeAddress.IsWeb(Website))
            yield return new(
                Sentence.Of("Enter a whole address that begins with https:// or http://."),
                [nameof(Website)]
            );
        if (Ror.Length > 0 && ReadRor(Ror) is null)
            yield return new(
                Sentence.Of("A ROR identifier has nine characters such as 01ggx4157; this one has a mistake."),
                [nameof(Ror)]
            );
        if (Wikidata.Length > 0 && ReadWikidata(Wikidata) is null)
            yield return new(
                Sentence.Of("An item of Wikidata is a Q with a number such as Q42944."),
                [nameof(Wikidata)]
            );
    }

    /// <summary>Names what no attribute can check; nothing when all is well.</summary>
    public static Form<OrganisationInput> Check(Form<OrganisationInput> form, IVocabulary vocabulary)
    {
        if (form.Value is not { } input)
            return form;
        if (vocabulary.Get(Axes.Stakeholder, input.Kind, "en") is null)
            form.With(nameof(Kind), FormWords.Choice);
        if (input.Country.Length > 0 && vocabulary.Get(Axes.Country, input.Country, "en") is null)
            form.With(nameof(Country), FormWords.Choice);
        return form;
    }

    /// <summary>As it is kept: identifiers in their short form, lines without what cannot be seen.</summary>
    public OrganisationInput Kept() =>
        this with
        {
            Name = PlainText.Line(Name),
            Acronym = PlainText.Line(Acronym),
            OtherNames = string.Join(
                '\n',
                PlainText.Text(OtherNames).Split('\n').Select(PlainText.Line).Where(n => n.Length > 0).Distinct()
            ),
            Description = PlainText.Text(Description),
            ClosedNote = PlainText.Line(ClosedNote),
            Ror = ReadRor(Ror) ?? "",
            Wikidata = ReadWikidata(Wikidata) ?? "",
        };

    public static OrganisationInput Of(Organisation stored) =>
        new()
        {
            Name = stored.Name,
            Language = stored.Language,
            Acronym = stored.Acronym,
            OtherNames = stored.OtherNames,
            Kind = stored.Kind,
            Country = stored.Country ?? "",
            Website = stored.Website,
            Ror = stored.Ror,
            Wikidata = stored.Wikidata,
            Description = stored.Description,
            State = stored.State,
            ClosedOn = stored.ClosedOn,
            ClosedNote = stored.ClosedNote,
        };

    /// <summary>
    /// The last part of a ROR address; null when it is none. After the leading 0 stand six characters of Crockford's
    /// base 32 and two check digits: 98 minus a hundred times the number, modulo 97 (ROR, "ROR identifier pattern").
    /// </summary>
    public static string? ReadRor(string text)
    {
        const string digits = "0123456789abcdefghjkmnpqrstvwxyz";
        var id = text.Trim().ToLowerInvariant().Split('/')[^1];
        if (!RorPattern().IsMatch(id))
            return null;
        var number = id[1..7].Aggregate(0L, (sum, c) => sum * 32 + digits.IndexOf(c, StringComparison.Ordinal));
        return int.Parse(id[7..], System.Globalization.CultureInfo.InvariantCulture) == 98 - number * 100 % 97
            ? id
            : null;
    }

    public static string? ReadWikidata(string text)
    {
        var id = text.Trim().ToUpperInvariant().Split('/')[^1];
        return WikidataPattern().IsMatch(id) ? id : null;
    }

    [GeneratedRegex("^0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}$")]
    private static partial Regex RorPattern();

    [GeneratedRegex("^Q[1-9][0-9]{0,11}$")]
    private static partial Regex WikidataPattern();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
    private static partial Regex LanguageCode();
}
