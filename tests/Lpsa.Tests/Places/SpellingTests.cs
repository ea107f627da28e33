using FsCheck;
using FsCheck.Fluent;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class SpellingTests
{
    [Fact]
    public void Folding_twice_changes_nothing_more() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>>(),
                text => Spelling.Fold(Spelling.Fold(text.Get)) == Spelling.Fold(text.Get)
            )
            .Check(Steady.Config());

    [Theory]
    [InlineData("Côte d’Ivoire", "cote d'ivoire")]
    [InlineData("LATIN AMERICA & CARIBBEAN", "Latin America and  Caribbean")]
    [InlineData("إسواتيني", "اسواتينى")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("Türkiye", "TURKİYE")]
    [InlineData("Åland", "Aland")]
    public void Spellings_that_people_take_for_the_same_fold_alike(string one, string other) =>
        Assert.Equal(Spelling.Fold(one), Spelling.Fold(other));

    [Theory]
    [InlineData("Women’s empowerment", "womens-empowerment")]
    [InlineData("Cities & urban development", "cities-and-urban-development")]
    [InlineData("  ", "")]
    public void A_name_becomes_an_address(string name, string slug) => Assert.Equal(slug, Spelling.Slug(name));
}
