using System.Text;

namespace Lpsa.Members;

/// <summary>In what two members are alike; the number is how much it says.</summary>
public enum LikenessKind
{
    NearName = 1,
    NameAndCountry = 2,
    NameAndInstitution = 4,
    Address = 8,
}

/// <summary>
/// Keys by which members who may be one person meet. Words are folded as the columns of imported files are: without
/// case, accents and the ways of writing one Arabic letter for another; the order of names does not count.
/// </summary>
static class Likeness
{
    /// <summary>More members than that under one key say nothing: a common name in a large country.</summary>
    public const int MostAlike = 8;

    private static readonly string[] DotsDoNotCount = ["gmail.com", "googlemail.com"];

    public static IEnumerable<string> Keys(string emailKey, string name, string? country, string institution)
    {
        yield return "a:" + Mailbox(emailKey);
        var words = Words(name);
        if (words.Count < 2)
            yield break;
        var (whole, near) = (string.Join(' ', words.Order(StringComparer.Ordinal)), Near(words));
        var place = ColumnNames.Fold(institution);
        if (country is not null)
        {
            yield return $"c:{country}:{whole}";
            yield return $"n:{country}:{near}";
        }
        if (place.Length == 0)
            yield break;
        yield return $"i:{place}:{whole}";
        yield return $"n:{place}:{near}";
    }

    /// <summary>What equal keys mean; null when the names behind a near key are not near after all.</summary>
    public static LikenessKind? Of(string key, string one, string other) =>
        key[0] switch
        {
            'a' => LikenessKind.Address,
            'c' => LikenessKind.NameAndCountry,
            'i' => LikenessKind.NameAndInstitution,
            _ => AreNear(one, other) ? LikenessKind.NearName : null,
        };

    /// <summary>
    /// The mailbox that an address most likely stands for: what follows a plus sign is a note of its owner, and Google
    /// ignores dots. Only a suggestion; other hosts may do otherwise.
    /// </summary>
    internal static string Mailbox(string emailKey)
    {
        var at = emailKey.LastIndexOf('@');
        if (at <= 0)
            return emailKey;
        var (local, host) = (emailKey[..at], emailKey[(at + 1)..]);
        if (local.IndexOf('+') is > 0 and var plus)
            local = local[..plus];
        return DotsDoNotCount.Contains(host)
            ? local.Replace(".", "", StringComparison.Ordinal) + "@gmail.com"
            : $"{local}@{host}";
    }

    /// <summary>In the order of speech: “Otieno, Amina” is Amina Otieno.</summary>
    private static List<string> Words(string name)
    {
        var parts = name.Split([',', '،'], 2);
        var spoken = parts.Length == 2 ? parts[1] + " " + parts[0] : name;
        return [.. ColumnNames.Fold(spoken).Split(' ').Where(w => w.Length > 1)];
    }

    /// <summary>First and last word by what is heard most: the first letter and the consonants, each once.</summary>
    private static string Near(List<string> words)
    {
        string[] ends = [Skeleton(words[0]), Skeleton(words[^1])];
        return string.Join(' ', ends.Order(StringComparer.Ordinal));
    }

    private static string Skeleton(string word)
    {
        var kept = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            var sound = letter switch
            {
                'q' or 'k' => 'c',
                'z' => 's',
                'v' => 'f',
                'w' => 'u',
                'j' => 'y',
                _ => letter,
            };
            var isSoft = kept.Length > 0 && "aeiouyh".Contains(sound);
            if (!isSoft && (kept.Length == 0 || kept[^1] != sound))
                kept.Append(sound);
        }
        return kept.ToString();
    }

    private static bool AreNear(string one, string other)
    {
        var (left, right) = (Joined(one), Joined(other));
        return left != right && Distance(left, right) <= Math.Max(left.Length, right.Length) / 5;

        static string Joined(string name) => string.Join(' ', Words(name).Order(StringComparer.Ordinal));
    }

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = corner + (one[i - 1] == other[j - 1] ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
