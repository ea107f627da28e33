namespace Lpsa.Platform;

/// <summary>
/// Takes the endings off a folded word that most often keep a searcher from what she means: plurals of English,
/// French, Spanish and Portuguese, British and American spelling, the Arabic article and plurals, Russian cases. It does
/// the same to text and query and does not know the language, so a stem need not be a word: only be the same for both.
/// </summary>
internal static class WordStem
{
    private static readonly string[] ArabicArticles = ["وال", "بال", "كال", "فال", "لل", "ال"];
    private static readonly string[] ArabicEndings = ["ات", "ون", "ين", "ان", "ها", "ه"];
    private static readonly string[] RussianEndings =
    [
        "иями",
        "ость",
        "остей",
        "ости",
        "ями",
        "ами",
        "ого",
        "ему",
        "ому",
        "ыми",
        "ими",
        "иях",
        "ией",
        "ия",
        "ие",
        "ии",
        "ию",
        "ий",
        "ых",
        "их",
        "ые",
        "ыи",
        "ои",
        "ая",
        "ое",
        "ую",
        "ом",
        "ем",
        "ов",
        "ев",
        "еи",
        "ам",
        "ям",
        "ах",
        "ях",
        "ью",
        "ы",
        "и",
        "а",
        "я",
        "у",
        "ю",
        "е",
        "о",
        "ь",
    ];

    /// <returns>The length of the stem, which starts where the word does unless <paramref name="start"/> moved.</returns>
    public static int Of(Span<char> word, out int start)
    {
        start = 0;
        if (word.Length < 4)
            return word.Length;
        return word[0] switch
        {
            <= 'z' => Latin(word),
            >= '\u0400' and <= '\u04FF' => Russian(word),
            >= '\u0600' and <= '\u06FF' => Arabic(word, out start),
            _ => word.Length,
        };
    }

    private static int Latin(Span<char> word)
    {
        var n = word.Length;
        foreach (var c in word)
            if (!char.IsAsciiLetterLower(c))
                return n;
        if (n >= 6 && Ends(word, n, "eaux"))
            return n - 1; // niveaux, niveau
        if (n >= 6 && (Ends(word, n, "aux") || Ends(word, n, "ais")))
        {
            word[n - 2] = 'l'; // locaux, locais, local
            return n - 1;
        }
        if (n >= 6 && Ends(word, n, "oes"))
        {
            (word[n - 3], word[n - 2]) = ('a', 'o'); // regiões, região
            return n - 1;
        }
        if (word[n - 1] == 's' && word[n - 2] is not ('s' or 'u'))
            n--;
        n = Spelling(word, n);
        if (n > 3 && word[n - 1] == 'e')
            n--;
        if (n > 3 && word[n - 1] == 'y')
            word[n - 1] = 'i'; // city, cities
        if (n > 4 && word[n - 1] == 'm' && word[n - 2] == 'm')
            n--; // programme, program
        return n;
    }

    private static int Spelling(Span<char> word, int n)
    {
        if (n >= 6 && Ends(word, n, "our"))
        {
            word[n - 2] = 'r'; // labour, labor
            return n - 1;
        }
        if (n >= 5 && Ends(word, n, "tre"))
        {
            (word[n - 2], word[n - 1]) = ('e', 'r'); // centre, center
            return n;
        }
        if (n < 7)
            return n;
        // decentralisation, decentralised, and what of them has been typed so far
        var ending = word[n - 1] switch
        {
            'n' => "isation",
            'o' => "isatio",
            'i' => "isati",
            't' => "isat",
            'a' => "isa",
            'd' => "ised",
            'g' => "ising",
            'r' => "iser",
            'e' => "ise",
            _ => "",
        };
        if (ending.Length > 0 && Ends(word, n, ending))
            word[n - ending.Length + 1] = 'z';
        return n;
    }

    private static int Russian(Span<char> word)
    {
        foreach (var ending in RussianEndings)
            if (word.Length >= ending.Length + 4 && word.EndsWith(ending))
                return word.Length - ending.Length;
        return word.Length;
    }

    private static int Arabic(Span<char> word, out int start)
    {
        start = 0;
        foreach (var article in ArabicArticles)
            if (word.Length >= article.Length + 3 && word.StartsWith(article))
            {
                start = article.Length;
                break;
            }
        var rest = word[start..];
        foreach (var ending in ArabicEndings)
            if (rest.Length >= ending.Length + 3 && rest.EndsWith(ending))
                return rest.Length - ending.Length;
        return rest.Length;
    }

    private static bool Ends(ReadOnlySpan<char> word, int n, string ending) => word[..n].EndsWith(ending);
}
