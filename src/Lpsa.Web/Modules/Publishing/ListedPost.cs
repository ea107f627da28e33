using System.Globalization;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Publishing;

/// <summary>One post of a list as data: codes and names, no text.</summary>
internal sealed record ListedPost(
    string Slug,
    string Title,
    string Address,
    string? Date,
    string DatePrecision,
    string Type,
    string Language,
    string Summary,
    string Authors,
    string Themes,
    string Regions,
    string Countries,
    string Sectors,
    string Tags
)
{
    public static ListedPost Of(PostEntry post, PostShelf shelf, SiteAddress site) =>
        new(
            post.Slug,
            post.Title,
            site.Absolute(post.Path),
            post.Precision switch
            {
                Publishing.DatePrecision.Day => post.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Publishing.DatePrecision.Month => post.Date?.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                Publishing.DatePrecision.Year => post.Date?.ToString("yyyy", CultureInfo.InvariantCulture),
                _ => null,
            },
            post.Precision.ToString().ToLowerInvariant(),
            post.Kind.ToString().ToLowerInvariant(),
            post.Language,
            post.Summary,
            string.Join("; ", post.Authors.Select(a => a.Name)),
            string.Join(";", shelf.CodesOf(post, Axes.Theme)),
            string.Join(";", shelf.CodesOf(post, Axes.Region)),
            string.Join(";", shelf.CodesOf(post, Axes.Country)),
            string.Join(";", shelf.CodesOf(post, Axes.Sector)),
            string.Join(";", shelf.CodesOf(post, PostAxes.Tag))
        );
}
