using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class MailAddressTests
{
    [Theory]
    [InlineData("reader@example.org", "reader@example.org")]
    [InlineData("  First.Last+news@Example.ORG ", "First.Last+news@example.org")]
    [InlineData("o'brien@example.org", "o'brien@example.org")]
    [InlineData("x@bücher.example", "x@xn--bcher-kva.example")]
    [InlineData("x@موقع.مثال", "x@xn--4gbrim.xn--mgbh0fb")]
    [InlineData("x@例え。テスト", "x@xn--r8jz45g.xn--zckzah")]
    [InlineData("läsare@example.org", "läsare@example.org")]
    public void An_address_is_kept_in_the_form_that_travels(string typed, string kept)
    {
        var address = MailAddress.Parse(typed);

        Assert.Equal(kept, address.Address);
        Assert.Equal(kept.StartsWith("lä", StringComparison.Ordinal), address.NeedsSmtpUtf8);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("reader", "no @ sign")]
    [InlineData("@example.org", "Nothing stands before")]
    [InlineData("reader@", "Nothing follows")]
    [InlineData("reader@localhost", "no dot")]
    [InlineData("reader@example..org", "dot")]
    [InlineData("reader@.example.org", "dot")]
    [InlineData("reader@[127.0.0.1]", "number in brackets")]
    [InlineData("reader@127.0.0.1", "cannot be a number")]
    [InlineData("reader@exa mple.org", "no domain may have")]
    [InlineData("reader@-example.org", "no domain may have")]
    [InlineData(".reader@example.org", "begins or ends with a dot")]
    [InlineData("rea..der@example.org", "two in a row")]
    [InlineData("rea der@example.org", "“ ”")]
    [InlineData("\"rea der\"@example.org", "cannot stand there")]
    [InlineData("a,b@example.org", "“,”")]
    [InlineData("a<b@example.org", "“<”")]
    [InlineData("a\u200Eb@example.org", "cannot stand there")]
    [InlineData("a\nb@example.org", "line break at character 2")]
    public void What_is_no_address_is_refused_with_the_reason(string typed, string reason)
    {
        Assert.False(MailAddress.TryParse(typed, "", out _, out var problem));
        Assert.Contains(reason, problem);
    }

    [Fact]
    public void An_address_can_be_as_long_as_the_rules_allow_and_no_longer()
    {
        Assert.True(MailAddress.TryParse(new string('a', 64) + "@example.org", out _));
        Assert.False(MailAddress.TryParse(new string('a', 65) + "@example.org", out _));
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 62), 3)) + ".org";
        Assert.True(MailAddress.TryParse(new string('a', 254 - 1 - domain.Length) + "@" + domain, out _));
        Assert.False(MailAddress.TryParse(new string('a', 254 - domain.Length) + "@" + domain, out _));
    }

    [Fact]
    public void Half_a_character_is_refused() =>
        Assert.Contains(
            "half of a character",
            Assert.Throws<FormatException>(() => MailAddress.Parse("a\uD800b@example.org")).Message
        );

    [Fact]
    public void Accents_typed_in_two_ways_are_one_address() =>
        Assert.Equal(MailAddress.Parse("le\u0301a@example.org"), MailAddress.Parse("l\u00E9a@example.org"));

    [Fact]
    public void People_see_the_domain_in_its_own_script() =>
        Assert.Equal("Léa <x@bücher.example>", MailAddress.Parse("x@xn--bcher-kva.example", " Léa ").ToString());
}
