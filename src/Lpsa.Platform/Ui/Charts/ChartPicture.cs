using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Lpsa.Platform;

/// <summary>Writes one drawing into the page.</summary>
public sealed class ChartPicture : View
{
    [Parameter, EditorRequired]
    public Chart Chart { get; set; } = null!;

    /// <summary>Which of the drawings: <c>narrow</c>, <c>wide</c>, or <c>map</c> for one at every width.</summary>
    [Parameter, EditorRequired]
    public string Size { get; set; } = "wide";

    /// <summary>What the picture says, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public string Sentence { get; set; } = "";

    /// <summary>Only what stands under a picture that is drawn once.</summary>
    [Parameter]
    public bool Key { get; set; }

    /// <summary>Phones show the first, everything wider the second; both are drawn at the size they are read.</summary>
    internal const double NarrowWidth = 328;
    internal const double WideWidth = 720;

    protected override void BuildRenderTree(RenderTreeBuilder __builder)
    {
        var words = new Words(Page.Texts);
        var id = $"{Chart.Frame.Id}-{Size}";
        var width =
            Chart is MapChart map && Size == "map" ? map.Geometry.Width
            : Size == "narrow" ? NarrowWidth
            : WideWidth;
        var sheet = new Sheet(id, width, words.RightToLeft);
        if (Key)
            Chart.DrawKey(sheet, words);
        else
            Chart.Draw(sheet, words);

        var linked = Chart.HasLinks && !Key;
        var root = new SvgNode("svg")
            .With("class", $"chart chart-{Size}")
            .With(
                "viewBox",
                $"0 0 {SvgNode.Number(sheet.Width)} {Math.Ceiling(sheet.Height).ToString(CultureInfo.InvariantCulture)}"
            )
            .With("font-size", 12)
            .With("direction", Page.Language.Direction)
            .With("role", linked ? "group" : "img")
            .With("aria-labelledby", id + "-title")
            .With("aria-describedby", id + "-desc");
        root.Children.Add(
            new SvgNode("title")
            {
                Text = Key ? words.L("Key to the map: {0}", Chart.Frame.Title) : Chart.Frame.Title,
            }.With("id", id + "-title")
        );
        root.Children.Add(
            new SvgNode("desc") { Text = Key ? ((MapChart)Chart).Boundaries(words) : Sentence }.With("id", id + "-desc")
        );
        if (sheet.Definitions.Count > 0)
        {
            var definitions = new SvgNode("defs");
            definitions.Children.AddRange(sheet.Definitions);
            root.Children.Add(definitions);
        }
        root.Children.AddRange(sheet.Marks);
        Write(__builder, root);
    }

    private static void Write(RenderTreeBuilder builder, SvgNode node)
    {
        builder.OpenElement(0, node.Name);
        foreach (var (name, value) in node.Attributes)
            builder.AddAttribute(1, name, value);
        if (node.Text is not null)
            builder.AddContent(2, node.Text);
        foreach (var child in node.Children)
            Write(builder, child);
        builder.CloseElement();
    }
}
