using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>
/// Both databases are held against these lists: what is found, in this order. Run with <c>LPSA_TEST_POSTGRES</c> set and
/// without it.
/// </summary>
public sealed class SharedResultsTests(SearchFixture search) : IClassFixture<SearchFixture>
{
    [Theory]
    [InlineData("en", "kenya", "en07 en01")]
    [InlineData("fr", "kenya", "fr07 fr01")]
    [InlineData("es", "kenia", "es07")]
    [InlineData("ar", "كينيا", "ar07")]
    [InlineData("en", "кения", "ru07")]
    [InlineData("en", "肯尼亚", "zh07")]
    [InlineData("en", "肯", "zh07")]
    [InlineData("zh", "地方政府", "zh62")]
    [InlineData("zh", "\"地方政府\"", "zh62")]
    [InlineData("en", "decentralisation", "en67 en19 en23 fr50 fr52 en11 en36 en28")]
    [InlineData("en", "decentralization", "en67 en19 en23 fr50 fr52 en11 en36 en28")]
    [InlineData("en", "decentraliz", "en67 en19 en23 fr50 fr52 en11 en36 en28")]
    [InlineData("en", "decentralización", "")]
    [InlineData("fr", "décentralisation", "fr50 fr52 en67 en19 en23 en11 en36 en28")]
    [InlineData("fr", "decentralisation", "fr50 fr52 en67 en19 en23 en11 en36 en28")]
    [InlineData("pt", "descentralizacao", "pt45")]
    [InlineData("pt", "regiao", "pt45 pt47")]
    [InlineData("pt", "imposto municipal", "pt47")]
    [InlineData("es", "municipalidad", "es43")]
    [InlineData("es", "elecciones", "es41")]
    [InlineData("es", "alcalde", "es44 es41")]
    [InlineData("fr", "collectivité locale", "fr50")]
    [InlineData("fr", "impot local", "fr51")]
    [InlineData("fr", "impôts locaux", "fr51")]
    [InlineData("ar", "البلديات", "ar56 ar57 ar54")]
    [InlineData("ar", "بلدية", "ar56 ar57 ar54")]
    [InlineData("ar", "اللامركزية", "ar54")]
    [InlineData("ar", "لامركزيه", "ar54")]
    [InlineData("ar", "الاداره المحليه", "ar58")]
    [InlineData("ru", "бюджет", "ru60 ru59")]
    [InlineData("ru", "муниципалитет", "ru61")]
    [InlineData("ru", "реформа", "ru12")]
    [InlineData("en", "cote d'ivoire", "en08")]
    [InlineData("en", "côte d’ivoire", "en08")]
    [InlineData("en", "ndjamena", "en09")]
    [InlineData("en", "n'djamena", "en09")]
    [InlineData("en", "subnational", "en69 en14 en34")]
    [InlineData("en", "sub-national", "en69 en14 en34")]
    [InlineData("en", "cog", "en35")]
    [InlineData("en", "C.O.G.", "en35")]
    [InlineData("en", "\"local government\"", "en71 en68 en17 en05 en32 en15 en03")]
    [InlineData("en", "local government", "en71 en68 en17 en13 en06 en14 en05 en32 en15 en03")]
    [InlineData("en", "\"rule of law\"", "en27")]
    [InlineData("en", "\"ministry of finance\"", "en29")]
    [InlineData("en", "tax", "en65 en39 en74 en19 fr51 en15")]
    [InlineData("en", "tax -income", "en39 en74 en19 fr51 en15")]
    [InlineData("en", "tax -\"council tax\"", "en65 en39 en74 fr51 en15")]
    [InlineData("en", "title:tax", "en65 en39 en74 en19 fr51")]
    [InlineData("en", "title:local elections", "en24 en25")]
    [InlineData("en", "own-source revenue", "en70 en02")]
    [InlineData("en", "own source revenue", "en70 en02")]
    [InlineData("en", "munic", "en26 en27 es41 pt47 es43 en71 en08 en10 en36 en38 en18 pt48")]
    [InlineData("en", "gov", "en71 en68 en69 en13 en01 en03 en17 en18 en06 en14 pt45 en05")]
    [InlineData("en", "the", "en30 en24 en07 en09 en12 en31 en32 en33 en34 en35 en36 en13")]
    [InlineData("en", "fiscal transfers Kenya", "en01")]
    [InlineData("en", "performance grants", "en05 en17")]
    [InlineData("en", "women water", "en16")]
    [InlineData("en", "zoe lefevre", "en37")]
    [InlineData("en", "Nunez", "en38")]
    [InlineData("en", "labor", "en19")]
    [InlineData("en", "equalization", "en22")]
    [InlineData("en", "elections", "en24 fr49 en25")]
    [InlineData("fr", "elections", "fr49 en24 en25")]
    [InlineData("en", "-fiscal", "es44 en30 en71 en25 ar58 en24 pt48 en13 fr53 en02 fr49 en16")]
    [InlineData("en", "-theme region", "en08 en22 fr53 es03")]
    [InlineData("en", "47", "en07")]
    [InlineData("en", "2010", "en07")]
    [InlineData("en", "省", "zh63")]
    [InlineData("en", "지방자치법", "en75")]
    [InlineData("en", "市長", "zh64")]
    [InlineData("en", "xyzzy", "")]
    [InlineData("en", "\"", "")]
    [InlineData("en", "title:", "")]
    [InlineData("en", "who hires the teachers?", "en28")]
    public async Task The_same_query_finds_the_same_in_the_same_order(string language, string text, string expected)
    {
        var results = await search.Find(
            new SearchRequest
            {
                Text = text,
                Language = language,
                PageSize = 12,
            }
        );
        Assert.Equal(expected, string.Join(' ', results.Hits.Select(SearchCorpus.KeyOf)));
    }
}
