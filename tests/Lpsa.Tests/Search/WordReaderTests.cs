using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class WordReaderTests
{
    [Theory]
    [InlineData("Décentralisation", "decentralization")]
    [InlineData("decentralised", "decentralized")]
    [InlineData("municipalities", "municipality")]
    [InlineData("municipalités", "MUNICIPALITÉ")]
    [InlineData("municipalidades", "municipalidad")]
    [InlineData("regiões", "região")]
    [InlineData("locaux", "local")]
    [InlineData("municipais", "municipal")]
    [InlineData("niveaux", "niveau")]
    [InlineData("cities", "city")]
    [InlineData("taxes", "tax")]
    [InlineData("labour", "labor")]
    [InlineData("centres", "center")]
    [InlineData("programmes", "program")]
    [InlineData("processes", "process")]
    [InlineData("surpluses", "surplus")]
    [InlineData("Straße", "strasse")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("ﬁnance", "finance")]
    [InlineData("البلديات", "بلدية")]
    [InlineData("اللَّامَرْكَزِيَّة", "اللامركزية")]
    [InlineData("الإدارة", "اداره")]
    [InlineData("بلـــدية", "بلدية")]
    [InlineData("۱۲۳", "123")]
    [InlineData("٢٠٢٣", "2023")]
    [InlineData("бюджетов", "бюджет")]
    [InlineData("Ёлка", "елка")]
    [InlineData("ΔΉΜΟΣ", "δήμος")]
    public void Two_ways_to_write_a_word_are_one_word(string one, string other) =>
        Assert.Equal(Words(other), Words(one));

    [Theory]
    [InlineData("analysis", "analyst")]
    [InlineData("city", "citizen")]
    [InlineData("नगर", "नागर")]
    [InlineData("tax", "taxi")]
    public void Different_words_stay_different(string one, string other) => Assert.NotEqual(Words(other), Words(one));

    [Theory]
    [InlineData("sub-national", "sub national subnational")]
    [InlineData("c.o.g.", "c o g cog")]
    [InlineData("Côte d’Ivoire", "cot d ivoir divoir")]
    [InlineData("N'Djamena", "n djamena ndjamena")]
    [InlineData("2023-24", "2023 24")]
    [InlineData("a-b c-d", "a b ab c d cd")]
    [InlineData("end.", "end")]
    [InlineData("-x- 'y'", "x y")]
    [InlineData("肯尼亚", "肯尼 尼亚 亚")]
    [InlineData("肯", "肯")]
    [InlineData("2023年预算", "2023 年预 预算 算")]
    [InlineData("가나다 ｶﾅ", "가나 나다 다 カナ ナ")]
    [InlineData("", "")]
    [InlineData("… — !?", "")]
    public void Compounds_and_scripts_without_spaces_are_read_so(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Words(text)));

    [Fact]
    public void Every_text_can_be_read_and_no_token_holds_anything_a_database_could_misread() =>
        Prop.ForAll<string?>(text =>
            {
                var clean = IndexedText.Clean(text ?? "");
                var tokens = DocumentTokens.Of(clean, clean, clean, clean, [clean]).Tokens;
                return tokens.All(t =>
                    t.Length is > 0 and <= 500
                    && t.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' || c > 127 && !char.IsWhiteSpace(c))
                );
            })
            .Check(Steady.Config());

    [Fact]
    public void A_place_in_the_text_is_where_the_word_stands()
    {
        const string text = "Les collectivités d’outre-mer";
        var reader = new WordReader(text);
        var seen = new List<string>();
        while (reader.Read())
            seen.Add(text[reader.Start..reader.End]);
        Assert.Equal(["Les", "collectivités", "d", "outre", "mer", "d’outre-mer"], seen);
    }

    [Theory]
    [InlineData("kenya", "kenia", 1)]
    [InlineData("governemnt", "government", 1)]
    [InlineData("decentralzation", "decentralization", 1)]
    [InlineData("abc", "abc", 0)]
    [InlineData("budget", "gadget", 2)]
    [InlineData("budget", "planet", 3)]
    public void The_distance_of_two_words_counts_mistakes(string one, string other, int mistakes) =>
        Assert.Equal(mistakes, SpellingCorrection.Distance(one, other, 2));

    private static List<string> Words(string text)
    {
        var reader = new WordReader(IndexedText.Clean(text));
        var words = new List<string>();
        while (reader.Read())
            words.Add(reader.Stem.ToString());
        return words;
    }
}
