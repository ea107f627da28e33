using System.Text;
using Lpsa.Platform;

namespace Lpsa.Places;

/// <summary>The world by number of tiers below the national one: the picture of the front page.</summary>
public static class DrawTierMap
{
    private const string NotDescribed = "#8fb0a6";

    private static readonly Lazy<string> Drawn = new(() => Draw(WorldMap.Shipped, CountryProfiles.Shipped));

    public static void Map(IEndpointRouteBuilder feeds) =>
        feeds.MapGet(WorldSummary.MapPath, () => TextResult.Of(Drawn.Value, "image/svg+xml").Tagged(HubTags.Countries));

    internal static string Draw(WorldMap map, CountryProfiles profiles)
    {
        // Attributes only: the content security policy of the site allows no style inside a document.
        var svg = new StringBuilder(64 * 1024);
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {map.Width} {map.ViewHeight}\">");
        svg.Append(
            "<defs><pattern id=\"h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
        );
        svg.Append("<path d=\"M0 0v6\" stroke=\"#0c2f29\" stroke-width=\"3\"/></pattern></defs>");
        var byClass = map.Countries.ToLookup(c =>
            profiles[c.Key] is { } profile ? TierClass.All.FirstOrDefault(t => t.Holds(profile.Tiers)) : null
        );
        foreach (var places in byClass.OrderBy(c => c.Key?.Fewest ?? 0))
        {
            // Without an opacity of their own the countries nobody has described would look like a class.
            var paint = places.Key is { } tiers
                ? $"fill=\"{tiers.Fill}\""
                : $"fill=\"{NotDescribed}\" fill-opacity=\".22\"";
            svg.Append($"<g {paint} stroke=\"#0c2f29\" stroke-width=\".8\">");
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
        svg.Append("</g><g fill=\"none\" stroke=\"#cfe0da\" stroke-width=\"1\" stroke-dasharray=\"3 2\">");
        foreach (var line in map.DisputedLines)
            svg.Append("<path d=\"").Append(line.Path).Append("\"/>");
        return svg.Append("</g></svg>").ToString();
    }
}
