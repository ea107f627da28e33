using System.Text.Json.Nodes;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Organisations;

/// <summary>The organisation in the vocabulary of schema.org. Says nothing of people: who works where is theirs to say.</summary>
static class OrganisationJsonLd
{
    public static string Of(Organisation organisation, IVocabulary vocabulary, PageContext page)
    {
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Organization",
            ["@id"] = page.Site.Absolute(organisation.Path),
            ["name"] = organisation.Name,
        };
        var others = organisation
            .OtherNames.Split('\n')
            .Append(organisation.Acronym)
            .Where(n => n.Length > 0)
            .Select(JsonNode (n) => n)
            .ToArray();
        if (others.Length > 0)
            data["alternateName"] = new JsonArray(others);
        if (SafeAddress.Link(organisation.Website) is { } website)
            data["url"] = website;
        var same = new[] { OrganisationLinks.Ror(organisation), OrganisationLinks.Wikidata(organisation) }
            .OfType<string>()
            .Select(JsonNode (a) => a)
            .ToArray();
        if (same.Length > 0)
            data["sameAs"] = new JsonArray(same);
        if (organisation.Country is { } country)
            data["address"] = new JsonObject
            {
                ["@type"] = "PostalAddress",
                ["addressCountry"] = vocabulary.Get(Axes.Country, country, page.Language.Code)?.Label ?? country,
            };
        if (organisation.ClosedOn is { } closed)
            data["dissolutionDate"] = closed.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        // The default encoder escapes <, so that no text can end the script element it stands in.
        return data.ToJsonString();
    }
}

/// <summary>Pages elsewhere that are about the same organisation.</summary>
static class OrganisationLinks
{
    public static string? Ror(Organisation one) => one.Ror.Length == 0 ? null : "https://ror.org/" + one.Ror;

    public static string? Wikidata(Organisation one) =>
        one.Wikidata.Length == 0 ? null : "https://www.wikidata.org/wiki/" + one.Wikidata;
}
