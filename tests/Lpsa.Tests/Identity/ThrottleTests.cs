using System.Net;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class ThrottleTests
{
    private static readonly ThrottleRule ThreeAnHour = new("test.try", 3, TimeSpan.FromHours(1));

    [Fact]
    public async Task The_fourth_try_in_an_hour_is_one_too_many_and_the_next_hour_begins_anew()
    {
        await using var site = await TestSite.Start();
        Assert.Equal([true, true, true, false, false], await Try(site, "a", 5));
        Assert.Equal([true], await Try(site, "b", 1));
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true], await Try(site, "a", 1));
    }

    [Fact]
    public async Task Tries_at_the_same_time_on_two_nodes_share_one_limit()
    {
        await using var database = await TestDatabase.Create();
        var clock = new TestClock();
        await using var first = await TestPlatform.Join(database, clock);
        await using var second = await TestPlatform.Join(database, clock);
        var within = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    (i % 2 == 0 ? first : second).Db(db => Throttle.Take(db, ThreeAnHour, "a", CancellationToken.None))
                )
        );
        Assert.Equal(3, within.Count(allowed => allowed));
    }

    [Fact]
    public async Task Counters_of_past_windows_are_swept_away_and_none_shows_its_key()
    {
        await using var site = await TestSite.Start();
        await Try(site, "amina@example.org", 1);
        var key = await site.Db(db => db.Set<ThrottleCount>().Select(t => t.Key).SingleAsync());
        Assert.DoesNotContain("amina", key, StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromHours(1));
        await using var scope = site.Services.CreateAsyncScope();
        await Housekeeping.Run(scope.ServiceProvider, CancellationToken.None);
        Assert.Equal(0, await site.Db(db => db.Set<ThrottleCount>().CountAsync()));
    }

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData(null, "unknown")]
    public void Neighbours_share_a_network(string? address, string network) =>
        Assert.Equal(network, Throttle.NetworkOf(address is null ? null : IPAddress.Parse(address)));

    [Fact, Trait("Vulnerability", "35 mail-bomb relay")]
    public async Task Beyond_the_limit_of_an_address_the_answer_is_the_same_and_no_mail_is_sent()
    {
        await using var site = await TestSite.Start();
        await site.OpenAccount("busy@example.org");
        using (var within = await site.Anonymous().Ask("busy@example.org"))
            Assert.Equal("/sign-in/sent", within.Headers.Location?.ToString());
        for (var i = 1; i < SignInLimits.AskForAddress.Limit; i++)
            await site.Db(db =>
                Throttle.Take(db, SignInLimits.AskForAddress, "busy@example.org", CancellationToken.None)
            );
        using (var beyond = await site.Anonymous().Ask("busy@example.org"))
            Assert.Equal("/sign-in/sent", beyond.Headers.Location?.ToString());
        Assert.Single(await site.LettersTo("busy@example.org"));
    }

    [Fact]
    public async Task Beyond_the_limit_of_a_network_a_plain_page_says_so_until_the_window_is_over()
    {
        await using var site = await TestSite.Start();
        for (var i = 0; i < SignInLimits.AskFromNetwork.Limit; i++)
            await site.Db(db =>
                Throttle.Take(
                    db,
                    SignInLimits.AskFromNetwork,
                    Throttle.NetworkOf(IPAddress.Loopback),
                    CancellationToken.None
                )
            );
        using (var beyond = await site.Anonymous().Ask("busy@example.org"))
            Assert.Equal(HttpStatusCode.TooManyRequests, beyond.StatusCode);
        site.Clock.Advance(TimeSpan.FromHours(1));
        using var later = await site.Anonymous().Ask("busy@example.org");
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    private static async Task<IReadOnlyList<bool>> Try(TestSite site, string key, int times)
    {
        var within = new List<bool>();
        for (var i = 0; i < times; i++)
            within.Add(await site.Db(db => Throttle.Take(db, ThreeAnHour, key, CancellationToken.None)));
        return within;
    }
}
