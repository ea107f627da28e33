using System.Globalization;

namespace Lpsa.Platform;

/// <summary>One element of a drawing, not yet written to any format.</summary>
internal sealed class SvgNode(string name)
{
    public string Name { get; } = name;
    public List<(string Name, string Value)> Attributes { get; } = [];
    public List<SvgNode> Children { get; } = [];
    public string? Text { get; set; }

    public SvgNode With(string attribute, string? value)
    {
        if (value is not null)
            Attributes.Add((attribute, value));
        return this;
    }

    public SvgNode With(string attribute, double value) => With(attribute, Number(value));

    /// <summary>A coordinate with at most one decimal: a tenth of a pixel is finer than any screen, and bytes cost.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            throw new InvalidOperationException(
                "A coordinate is not a number; the layout that computed it has a fault."
            );
        var tenth = Math.Round(value, 1);
        return (tenth == 0 ? 0 : tenth).ToString("0.#", CultureInfo.InvariantCulture);
    }
}
