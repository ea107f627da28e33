using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class AddressQueryTests
{
    [Fact]
    public void Filters_are_combined_and_taken_off_again() =>
        Assert.Equal(
            ["/posts?region=mena&theme=water", "/posts?region=mena", "/posts?region=ssa"],
            [
                AddressQuery.Parse("?region=mena").Toggle("theme", "water").On("/posts"),
                AddressQuery.Parse("?region=mena&theme=water").Toggle("theme", "water").On("/posts"),
                AddressQuery.Parse("?region=mena").With("region", "ssa").On("/posts"),
            ]
        );

    [Fact]
    public void A_new_filter_goes_back_to_the_first_page() =>
        Assert.Equal("/posts?theme=water", AddressQuery.Parse("?page=4").With("theme", "water").On("/posts"));

    [Fact]
    public void The_first_page_has_no_number() =>
        Assert.Equal("/posts", AddressQuery.Parse("?page=4").AtPage(1).On("/posts"));

    [Fact]
    public void Whatever_is_put_in_comes_out_of_its_own_address() =>
        Prop.ForAll<NonEmptyString, NonEmptyString>(
                (key, value) =>
                {
                    var (name, wanted) = (WellFormed(key.Get), WellFormed(value.Get));
                    if (name.Length == 0 || wanted.Length == 0 || name == "page")
                        return true;
                    var link = AddressQuery.Parse("").With(name, wanted).On("/posts");
                    return AddressQuery.Parse(link["/posts".Length..])[name] == wanted;
                }
            )
            .Check(Steady.Config());

    [Fact]
    public void Nothing_that_is_typed_into_the_address_can_break_a_page() =>
        Prop.ForAll<string>(query =>
                AddressQuery.Parse(query ?? "").Toggle("a", "b").On("/x").StartsWith("/x", StringComparison.Ordinal)
            )
            .Check(Steady.Config());

    /// <summary>Half a surrogate pair cannot be written in UTF-8, so no browser can send one.</summary>
    private static string WellFormed(string text) =>
        new([.. text.EnumerateRunes().Where(r => r.Value != 0xFFFD).SelectMany(r => r.ToString())]);
}
