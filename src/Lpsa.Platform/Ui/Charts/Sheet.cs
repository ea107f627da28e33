using System.Text;

namespace Lpsa.Platform;

/// <summary>Where a text hangs from its position: by its first letter, its middle or its last.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>
/// A drawing of given width and growing height. Layouts count from the side where reading starts; in a language written
/// from right to left the sheet turns every position round, so no layout needs to know.
/// </summary>
internal sealed class Sheet(string id, double width, bool rightToLeft)
{
    private readonly Stack<SvgNode> open = new([new SvgNode("g")]);
    private readonly HashSet<string> patterns = [];

    public string Id { get; } = id;
    public double Width { get; } = width;
    public double Height { get; set; }

    /// <summary>Phones: layouts give labels a smaller column and draw fewer ticks.</summary>
    public bool Narrow => Width < 480;
    public bool RightToLeft { get; } = rightToLeft;
    public List<SvgNode> Marks => open.Last().Children;
    public List<SvgNode> Definitions { get; } = [];

    /// <summary>Boxes of all texts, so that tests can prove that none covers another.</summary>
    public List<TextBox> Texts { get; } = [];

    /// <summary>A picture in a file of its own: local addresses would lead nowhere, and it brings its key along.</summary>
    public bool Standalone { get; init; }

    /// <summary>Turns positions round for a while: geography, for one, looks the same in every language.</summary>
    public bool Mirrored { get; set; } = rightToLeft;

    public double X(double x) => Mirrored ? Width - x : x;

    public SvgNode Rect(double x, double y, double width, double height, string style) =>
        Add("rect", style)
            .With("x", Mirrored ? Width - x - Math.Max(0, width) : x)
            .With("y", y)
            .With("width", Math.Max(0, width))
            .With("height", Math.Max(0, height));

    public SvgNode Line(double x1, double y1, double x2, double y2, string style) =>
        Add("path", style).With("d", $"M{At(x1, y1)}L{At(x2, y2)}");

    public SvgNode Circle(double x, double y, double radius, string style) =>
        Add("circle", style).With("cx", X(x)).With("cy", y).With("r", radius);

    /// <summary>Runs of points; each run is a line of its own.</summary>
    public SvgNode Path(IEnumerable<IReadOnlyList<(double X, double Y)>> runs, string style, bool closed = false)
    {
        var data = new StringBuilder();
        foreach (var run in runs)
        {
            for (var i = 0; i < run.Count; i++)
                data.Append(i == 0 ? 'M' : 'L').Append(At(run[i].X, run[i].Y));
            if (closed && run.Count > 0)
                data.Append('Z');
        }
        return Add("path", style).With("d", data.ToString());
    }

    /// <summary>One line of text; <paramref name="y"/> is its base line. <paramref name="full"/> shows on hovering.</summary>
    public SvgNode Text(
        double x,
        double y,
        string text,
        string style,
        Anchor anchor = Anchor.Start,
        double size = 12,
        bool bold = false,
        string? full = null
    )
    {
        var length = TextWidth.Of(text, size, bold);
        var start = anchor switch
        {
            Anchor.Start => x,
            Anchor.Middle => x - length / 2,
            _ => x - length,
        };
        Texts.Add(new TextBox(start, y - size * 0.78, length, size, text));
        var node = Add("text", style).With("x", X(x)).With("y", y);
        if (size != 12)
            node.With("font-size", size);
        if (bold)
            node.With("font-weight", "600");
        // With direction set on the picture, "start" is the right-hand end in Arabic: SVG turns anchors by itself.
        if (anchor != Anchor.Start)
            node.With("text-anchor", anchor == Anchor.Middle ? "middle" : "end");
        if (full is null || full == text)
        {
            node.Text = text;
            return node;
        }

        node.Children.Add(new SvgNode("title") { Text = full });
        node.Children.Add(new SvgNode("tspan") { Text = text });
        return node;
    }

    /// <summary>Lines beneath one another; answers the base line of the last.</summary>
    public double Lines(
        IReadOnlyList<string> lines,
        double x,
        double y,
        string style,
        double size = 12,
        bool bold = false
    )
    {
        foreach (var line in lines)
        {
            Text(x, y, line, style, size: size, bold: bold);
            y += size * 1.35;
        }
        return y - size * 1.35;
    }

    /// <summary>A group with a name that shows on hovering.</summary>
    public void Group(string? title, Action draw, string? style = null) => Nest(Add("g", style), title, draw);

    /// <summary>A link whose accessible name is <paramref name="title"/>; without an address, a group.</summary>
    public void Link(string? href, string title, Action draw) =>
        Nest(href is null || Standalone ? Add("g", null) : Add("a", null).With("href", href), title, draw);

    /// <summary>Fill of slanting lines, made once per drawing; answers the value for a fill attribute.</summary>
    public string Hatch(string name, string style, int distance = 5, int slant = 45)
    {
        var pattern = $"{Id}-{name}";
        if (patterns.Add(pattern))
        {
            var node = new SvgNode("pattern")
                .With("id", pattern)
                .With("width", distance)
                .With("height", distance)
                .With("patternUnits", "userSpaceOnUse")
                .With("patternTransform", $"rotate({slant})");
            node.Children.Add(new SvgNode("path").With("class", style).With("d", $"M0 0V{distance}"));
            Definitions.Add(node);
        }
        return $"url(#{pattern})";
    }

    /// <summary>Window of the given size from the corner; answers the value for a clip-path attribute.</summary>
    public string Clip(double width, double height)
    {
        var clip = new SvgNode("clipPath").With("id", $"{Id}-clip");
        clip.Children.Add(new SvgNode("path").With("d", $"M0 0H{SvgNode.Number(width)}V{SvgNode.Number(height)}H0z"));
        Definitions.Add(clip);
        return $"url(#{Id}-clip)";
    }

    /// <summary>Adds an element that was made elsewhere, in absolute coordinates.</summary>
    public void Put(SvgNode node) => open.Peek().Children.Add(node);

    private SvgNode Add(string name, string? style)
    {
        var node = new SvgNode(name).With("class", style);
        Put(node);
        return node;
    }

    private void Nest(SvgNode node, string? title, Action draw)
    {
        if (title is not null)
            node.Children.Add(new SvgNode("title") { Text = title });
        open.Push(node);
        draw();
        open.Pop();
    }

    private string At(double x, double y) => $"{SvgNode.Number(X(x))} {SvgNode.Number(y)}";
}

/// <summary>The room one line of text takes, counted from the side where reading starts.</summary>
internal readonly record struct TextBox(double X, double Y, double Width, double Height, string Text)
{
    public bool Overlaps(TextBox other) =>
        X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
}
