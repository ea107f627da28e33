using System.Text;
using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>The world as a picture: where modules have content, and where levels of government are described.</summary>
public static class DrawWorldMap
{
    private const string Nothing = "#8d99a6";
    private const string Structure = "#2f8f9d";
    private const string Content = "#0f5f73";

    public static void Map(IEndpointRouteBuilder feeds) => feeds.MapGet("/countries/map.svg", Get);

    static async Task<TextResult> Get(PlatformDb db, IEnumerable<CountByCountry> counters, CancellationToken cancel)
    {
        var content = await ListCountries.Count(counters, db, cancel);
        return TextResult.Of(Draw(WorldMap.Shipped, content), "image/svg+xml").Tagged(HubTags.Countries);
    }

    internal static string Draw(WorldMap map, IReadOnlyDictionary<string, int> content)
    {
        // Attributes only: the content security policy of the site allows no style inside a document.
        var svg = new StringBuilder(64 * 1024);
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {map.Width} {map.ViewHeight}\">");
        svg.Append(
            "<defs><pattern id=\"h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
        );
        svg.Append("<path d=\"M0 0v6\" stroke=\"#fff\" stroke-width=\"3\"/></pattern></defs>");
        foreach (var (fill, opacity, places) in Layers(map, content))
        {
            svg.Append($"<g fill=\"{fill}\" fill-opacity=\"{opacity}\" stroke=\"#fff\" stroke-width=\".8\">");
            foreach (var (iso3, shape) in places)
            {
                if (shape.Path is not null)
                    svg.Append("<path d=\"").Append(shape.Path).Append("\"/>");
                if (shape.Point)
                    svg.Append($"<circle cx=\"{shape.X}\" cy=\"{shape.Y}\" r=\"4\"/>");
                foreach (var area in map.DisputedAreas.Where(a => a.DrawnWith == iso3 && a.Path != shape.Path))
                    svg.Append("<path d=\"").Append(area.Path).Append("\"/>");
            }
            svg.Append("</g>");
        }
        svg.Append("<g fill=\"url(#h)\">");
        foreach (var area in map.DisputedAreas)
            svg.Append("<path d=\"").Append(area.Path).Append("\"/>");
        svg.Append("</g><g fill=\"none\" stroke=\"#555\" stroke-width=\"1\" stroke-dasharray=\"3 2\">");
        foreach (var line in map.DisputedLines)
            svg.Append("<path d=\"").Append(line.Path).Append("\"/>");
        return svg.Append("</g></svg>").ToString();
    }

    private static IEnumerable<(
        string Fill,
        string Opacity,
        IEnumerable<KeyValuePair<string, MapShape>> Places
    )> Layers(WorldMap map, IReadOnlyDictionary<string, int> content)
    {
        var byLayer = map.Countries.ToLookup(c =>
            content.GetValueOrDefault(c.Key) > 0 ? 2
            : CountryProfiles.Shipped[c.Key] is not null ? 1
            : 0
        );
        yield return (Nothing, ".35", byLayer[0]);
        yield return (Structure, ".6", byLayer[1]);
        yield return (Content, "1", byLayer[2]);
    }
}
