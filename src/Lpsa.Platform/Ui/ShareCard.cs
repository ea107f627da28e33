using System.Globalization;
using System.Xml.Linq;

namespace Lpsa.Platform;

/// <summary>The picture that shows a page where its address is shared: 1200 by 630 pixels, title first.</summary>
public static class ShareCard
{
    public const int Width = 1200;
    private const int Height = 630;
    private const double Margin = 80;
    private const double TitleSize = 58;
    private const int MostLines = 4;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <param name="kind">Small line above the title.</param>
    /// <param name="foot">Small line at the bottom, beside the name of the site.</param>
    public static byte[] Draw(string kind, string title, string foot, bool rightToLeft)
    {
        var start = rightToLeft ? Width - Margin : Margin;
        var end = rightToLeft ? Margin : Width - Margin;
        var card = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {Height}"),
            new XAttribute("width", Width),
            new XAttribute("height", Height),
            new XElement(Svg + "title", title),
            Box(0, Width, Height, "#0c2f29"),
            Box(Height - 12, Width, 12, "#d4941a"),
            Line(kind, start, 130, 30, "#d4941a", rightToLeft)
        );
        var y = 215.0;
        foreach (var line in TextWidth.Wrap(title, Width - 2 * Margin, TitleSize, MostLines, out _, bold: true))
        {
            card.Add(Line(line, start, y, TitleSize, "#f1f6f3", rightToLeft, bold: true));
            y += TitleSize * 1.22;
        }
        card.Add(Line("Decentralization.Net", start, Height - 70, 34, "#f1f6f3", rightToLeft, bold: true));
        card.Add(Line(foot, end, Height - 70, 28, "#b3c9c1", !rightToLeft));
        using var file = new MemoryStream();
        card.Save(file);
        return file.ToArray();
    }

    private static XElement Box(double y, double width, double height, string fill) =>
        new(
            Svg + "rect",
            new XAttribute("y", y),
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("fill", fill)
        );

    private static XElement Line(
        string text,
        double x,
        double y,
        double size,
        string fill,
        bool atEnd,
        bool bold = false
    ) =>
        new(
            Svg + "text",
            new XAttribute("x", x.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("y", y.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("font-size", size),
            new XAttribute("font-family", "Noto Sans, Noto Sans Arabic, DejaVu Sans, sans-serif"),
            new XAttribute("font-weight", bold ? "700" : "400"),
            new XAttribute("fill", fill),
            new XAttribute("text-anchor", atEnd ? "end" : "start"),
            text
        );
}
