namespace Lpsa.Platform;

/// <summary>
/// Layout of the level tree. Levels stand beneath one another and step inwards, so that the tree reads from a phone as
/// well as from paper; bodies on the same level hang from the same stem.
/// </summary>
internal sealed class LevelTreeDrawing(LevelTree tree, Sheet sheet, Words words)
{
    private const double Gap = 10;

    /// <summary>Further steps would eat the boxes: deeper levels share the last one.</summary>
    private const int Steps = 6;
    private readonly double step = sheet.Narrow ? 16 : 36;
    private readonly double size = sheet.Narrow ? 13 : 14;

    public void Draw()
    {
        var tiers = tree.Tiers().ToList();
        var y = DrawBox(0, 1, tree.Head, null, words.L("National government"), LevelKind.National);
        var (stemFrom, stemEnd) = (y, y);
        for (var depth = 0; depth < tiers.Count; depth++)
        {
            var indent = Math.Min(depth + 1, Steps) * step;
            var stem = indent - step / 2;
            // Past the last step boxes stand under one another, and the stem goes on where it ended.
            if (depth >= Steps)
                stemFrom = stemEnd;
            var last = stemFrom;
            foreach (var level in tiers[depth])
            {
                var top = y + Gap;
                var count = LevelTree.CountText(level, words);
                var bottom = DrawBox(
                    indent,
                    top,
                    Name(level),
                    (count, level.Count is not null),
                    LevelTree.NatureText(level, words),
                    level.Kind
                );
                last = top + 22;
                sheet.Line(stem, last, indent, last, "stem");
                y = bottom;
            }
            sheet.Line(stem, stemFrom, stem, last, "stem");
            (stemFrom, stemEnd) = (y, last);
        }

        if (tree.Levels.Any(level => level.Inferred))
            y = sheet.Lines(
                TextWidth.Wrap(LevelTree.InferredNote(words), sheet.Width, 11, 3, out _),
                0,
                y + 22,
                "muted",
                11
            );
        sheet.Height = y + 6;
    }

    private static string Name(GovernmentLevel level) =>
        string.IsNullOrWhiteSpace(level.LocalName) || level.LocalName == level.Name
            ? level.Name
            : $"{level.Name} ({level.LocalName})";

    /// <summary>Answers the lower edge. The count has its own column at the end, so counts can be compared at a glance.</summary>
    private double DrawBox(
        double x,
        double y,
        string name,
        (string Text, bool Known)? count,
        string nature,
        LevelKind kind
    )
    {
        var width = Math.Min(sheet.Width, 620) - x - 1;
        var (countSize, countWidth) = (0.0, 0.0);
        var countText = count?.Text ?? "";
        if (count is { } given)
        {
            countSize = given.Known ? size + 5 : 11;
            if (TextWidth.Of(given.Text, countSize, given.Known) > width * 0.35)
                countSize = 11;
            countText = TextWidth.Shorten(given.Text, width * 0.45, countSize, given.Known);
            countWidth = TextWidth.Of(countText, countSize, given.Known) + 12;
        }

        var room = width - 24 - countWidth;
        var lines = TextWidth.Wrap(name, room, size, 3, out var whole, bold: true);
        var natureLines = TextWidth.Wrap(nature, width - 42, 11.5, 2, out _);
        var height = 12 + lines.Count * size * 1.25 + natureLines.Count * 15 + 8;

        sheet.Rect(x, y, width, height, kind == LevelKind.National ? "box head" : "box").With("rx", 4);
        var at = y + 10 + size * 0.8;
        foreach (var line in lines)
        {
            sheet.Text(x + 14, at, line, "label", size: size, bold: true, full: whole ? null : name);
            at += size * 1.25;
        }
        if (count is { } shown)
            sheet.Text(
                x + width - 12,
                y + 10 + size * 0.8 + (shown.Known ? 2 : 0),
                countText,
                shown.Known ? "series-1-text" : "muted",
                Anchor.End,
                countSize,
                bold: shown.Known,
                full: shown.Text
            );
        at += 2;
        DrawKind(kind, x + 19, at - 4);
        foreach (var line in natureLines)
        {
            sheet.Text(x + 30, at, line, "muted", size: 11.5);
            at += 15;
        }
        return y + height;
    }

    /// <summary>Full square: devolved; half: hybrid; empty: deconcentrated; dashed: another kind; dot: national.</summary>
    private void DrawKind(LevelKind kind, double x, double y)
    {
        const double half = 4.5;
        switch (kind)
        {
            case LevelKind.National:
                sheet.Circle(x, y, half, "series-1");
                break;
            case LevelKind.Devolved:
                sheet.Rect(x - half, y - half, half * 2, half * 2, "series-1");
                break;
            case LevelKind.Hybrid:
                sheet.Rect(x - half, y - half, half, half * 2, "series-1");
                sheet.Rect(x - half, y - half, half * 2, half * 2, "outline");
                break;
            case LevelKind.Deconcentrated:
                sheet.Rect(x - half, y - half, half * 2, half * 2, "outline");
                break;
            default:
                sheet.Rect(x - half, y - half, half * 2, half * 2, "outline").With("stroke-dasharray", "2 2");
                break;
        }
    }
}
