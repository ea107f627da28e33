using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>Every part of the interface on one page, in both directions and both themes.</summary>
public static class ShowStyle
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages
            .MapGet("/admin/style", PageResult () => ShowStylePage.View(new Model()))
            .Requires(AdminPermissions.Operate);

    public sealed record Model;

    /// <summary>One of the four ways in which every sample is shown.</summary>
    /// <param name="Words">Sample sentences in the language of the variant.</param>
    public sealed record Variant(string Theme, Language Language, SampleWords Words)
    {
        public static IReadOnlyList<Variant> All { get; } =
        [
            new("light", Language.English, SampleWords.English),
            new("dark", Language.English, SampleWords.English),
            new("light", Language.Arabic, SampleWords.Arabic),
            new("dark", Language.Arabic, SampleWords.Arabic),
        ];
    }

    /// <summary>The form of the sample, with its mistakes.</summary>
    public sealed record Sample
    {
        [Required(ErrorMessage = "Enter a title.")]
        [StringLength(120, ErrorMessage = "A title has at most 120 characters.")]
        public string Title { get; init; } = "";
        public string Summary { get; init; } = "";
        public string Level { get; init; } = "";

        [Required(ErrorMessage = "Choose at least one theme.")]
        public string[] Themes { get; init; } = [];
        public DateOnly? Checked { get; init; }
        public bool Featured { get; init; }
    }
}
