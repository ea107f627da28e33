namespace Lpsa.Platform;

/// <summary>Shapes and dashes that tell series apart where colour cannot: in print, or to a colour-blind reader.</summary>
internal static class Marker
{
    public const int Kinds = 8;

    /// <summary>Dash patterns in the order of the series; the first three are whole lines told apart by their markers.</summary>
    public static string? Dash(int series) =>
        (series % Kinds) switch
        {
            3 => "6 3",
            4 => "2 3",
            5 => "8 3 2 3",
            6 => "12 3",
            7 => "4 2 1 2",
            _ => null,
        };

    public static void Draw(Sheet sheet, int series, double x, double y, string style, double size = 4)
    {
        var (s, d) = (size * 0.9, size * 1.25);
        switch (series % Kinds)
        {
            case 0 or 4:
                sheet.Circle(x, y, size, style);
                break;
            case 1 or 5:
                Shape((x, y - d), (x + d, y), (x, y + d), (x - d, y));
                break;
            case 2 or 6:
                Shape((x - s, y - s), (x + s, y - s), (x + s, y + s), (x - s, y + s));
                break;
            default:
                Shape((x, y - d), (x + d, y + s), (x - d, y + s));
                break;
        }

        void Shape(params (double X, double Y)[] corners) => sheet.Path([corners], style, closed: true);
    }
}
