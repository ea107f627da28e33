using System.Collections.Frozen;

namespace Lpsa.Platform;

/// <summary>
/// Small words that nearly every text has. A query passes over them unless it has nothing else; between the words of a
/// phrase they do not count, so "ministry of finance" also finds "ministry for finance".
/// </summary>
internal static class StopWords
{
    private const string Words = """
        a an and are as at be been but by can do does for from had has have he her his how i if in into is it its may more
        no nor not of on or our she so such than that the their them then there these they this those to was we were what
        when where which who will with would you your
        au aux avec ce ces cette d dans de des du elle en est et il ils je l la le les leur leurs mais n ne nous on ou où
        par pas plus pour qu que qui sa se ses son sont sur un une vos votre vous à été être
        al como con cual cuando de del desde donde el ella ellos en entre es esta este esto estos fue ha han hasta las lo
        los más mi muy ni o para pero por que se ser si sin sobre son su sus también una unos y ya
        ao aos às as com da das do dos e em era esse foi isso mais mas na nas no nos não o os ou pela pelo quando sem seu
        são também uma um à é
        في من على إلى عن أن إن ما لا هذا هذه التي الذي ذلك هو هي كان كانت مع قد أو ثم بعد بين كل
        и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне было вот от о из ему для
        не мы их чем при или это этот
        的 了 和 是
        """;

    private static readonly FrozenSet<string> Stems = Read();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ByStem = Stems.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    public static bool Has(ReadOnlySpan<char> stem) =>
        (stem.Length == 1 && stem[0] <= 'z' && !char.IsAsciiDigit(stem[0])) || ByStem.Contains(stem);

    private static FrozenSet<string> Read()
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        var reader = new WordReader(Words);
        while (reader.Read())
            stems.Add(reader.Stem.ToString());
        return stems.ToFrozenSet(StringComparer.Ordinal);
    }
}
