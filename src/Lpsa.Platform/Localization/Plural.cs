namespace Lpsa.Platform;

/// <summary>Cardinal plural categories for whole numbers, after Unicode CLDR 46 (supplemental/plurals).</summary>
public static class Plural
{
    public static readonly IReadOnlyList<string> Categories = ["zero", "one", "two", "few", "many", "other"];

    /// <summary>The category of <paramref name="n"/> in a language: one of <see cref="Categories"/>.</summary>
    public static string Category(string language, long n)
    {
        n = Math.Abs(n);
        return language switch
        {
            "fr" => n is 0 or 1 ? "one"
            : IsMillions(n) ? "many"
            : "other",
            "pt" => n is 0 or 1 ? "one"
            : IsMillions(n) ? "many"
            : "other",
            "es" => n == 1 ? "one"
            : IsMillions(n) ? "many"
            : "other",
            "ar" => n switch
            {
                0 => "zero",
                1 => "one",
                2 => "two",
                _ when n % 100 is >= 3 and <= 10 => "few",
                _ when n % 100 >= 11 => "many",
                _ => "other",
            },
            _ => n == 1 ? "one" : "other",
        };
    }

    /// <summary>The categories a translation must give for a language.</summary>
    public static IReadOnlyList<string> Needed(string language) =>
        language switch
        {
            "ar" => ["zero", "one", "two", "few", "many", "other"],
            "fr" or "pt" or "es" => ["one", "other"],
            _ => ["one", "other"],
        };

    private static bool IsMillions(long n) => n != 0 && n % 1_000_000 == 0;
}
