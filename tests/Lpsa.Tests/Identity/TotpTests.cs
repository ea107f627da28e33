using System.Text;
using FsCheck;
using Lpsa.Platform;
using Prop = FsCheck.Fluent.Prop;

namespace Lpsa.Tests;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>The table of RFC 6238, appendix B, last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Secret, Totp.StepAt(DateTime.UnixEpoch.AddSeconds(seconds))));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_half_a_minute_off(int steps, bool taken)
    {
        var now = new DateTime(2026, 11, 21, 9, 0, 10, DateTimeKind.Utc);
        var code = Totp.CodeAt(Secret, Totp.StepAt(now) + steps);
        Assert.Equal(taken, Totp.Match(Secret, code, now) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("abcdef")]
    [InlineData("٢٨٧٠٨٢")]
    public void What_is_no_code_is_refused(string typed) =>
        Assert.Null(Totp.Match(Secret, typed, DateTime.UnixEpoch.AddSeconds(59)));

    [Fact]
    public void Spaces_do_not_matter() =>
        Assert.NotNull(Totp.Match(Secret, " 287 082 ", DateTime.UnixEpoch.AddSeconds(59)));

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_as_RFC_4648_says(string bytes, string text) =>
        Assert.Equal(text, Totp.Base32(Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public void Every_code_has_six_digits_and_is_found_again() =>
        Check.One(
            Steady.Config(200),
            Prop.ForAll<int>(seconds =>
            {
                var now = DateTime.UnixEpoch.AddSeconds(Math.Abs((long)seconds));
                var code = Totp.CodeAt(Secret, Totp.StepAt(now));
                return code.Length == 6 && Totp.Match(Secret, code, now) is not null;
            })
        );

    [Fact]
    public void The_address_of_the_picture_names_site_and_account() =>
        Assert.Equal(
            "otpauth://totp/Decentralization.Net:a%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Decentralization.Net",
            Totp.AddressOf(Secret, "Decentralization.Net", "a@example.org")
        );
}
