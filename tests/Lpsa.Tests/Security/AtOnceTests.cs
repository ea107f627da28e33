using System.Net;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>Two clicks, two windows, two nodes at the same moment: one result, and no fault.</summary>
public sealed class AtOnceTests
{
    private const string Baraka = "baraka@example.org";

    [Fact]
    public async Task One_confirmation_clicked_many_times_makes_one_member_and_one_welcome()
    {
        await using var site = await TestSite.Start();
        var link = await site.Asked("amina@example.org", ("Name", "Amina"));
        var statuses = await AtOnce(8, _ => site.Anonymous().Send(link));
        Assert.Single(statuses, HttpStatusCode.SeeOther);
        Assert.Equal(7, statuses.Count(s => s == HttpStatusCode.Gone));
        Assert.Equal(1, await site.Db(db => db.Set<Member>().CountAsync()));
        Assert.Equal(1, await site.Db(db => db.Set<OutgoingMail>().CountAsync(m => m.Kind == "members.welcome")));
    }

    [Fact]
    public async Task Leaving_and_saving_at_once_ends_in_one_of_the_two_and_never_between_them()
    {
        await using var site = await TestSite.Start();
        var token = await site.Joined("amina@example.org");
        for (var round = 0; round < 5; round++)
        {
            var statuses = await AtOnce(
                6,
                i =>
                    i % 2 == 0
                        ? site.Anonymous().Send("/unsubscribe/" + token)
                        : site.Anonymous().Send("/preferences/" + token, ("Name", "Amina"), ("Themes", "fiscal"))
            );
            Assert.All(statuses, s => Assert.True((int)s < 500, $"{s}"));
            var member = await site.MemberOf(token);
            var stopped = await site.Db(db => db.Set<Suppression>().AnyAsync());
            Assert.Equal(member.State == MemberState.Left, stopped);
            Assert.Equal(member.State == MemberState.Member, member.Periods.Count(p => p.EndedAt is null) == 1);
        }
    }

    [Fact, Trait("Vulnerability", "35 mail-bomb relay")]
    public async Task The_daily_number_of_messages_holds_when_all_are_sent_at_once()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        using var baraka = await site.SignedInMember(Baraka, ("Name", "Baraka"));
        var statuses = await AtOnce(
            MemberMessage.MostInADay + 6,
            i => baraka.Forge("/members/amina-otieno/write", ("Text", $"Message {i}"))
        );
        Assert.Equal(MemberMessage.MostInADay, statuses.Count(s => s == HttpStatusCode.SeeOther));
        Assert.Equal(MemberMessage.MostInADay, await site.Db(db => db.Set<MemberMessage>().CountAsync()));
    }

    [Fact]
    public async Task Every_form_of_a_member_may_be_sent_twice_at_once()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        using var baraka = await site.SignedInMember(Baraka, ("Name", "Baraka"));
        using (await baraka.Submit("/members/amina-otieno/write", "#write", ("Text", "Hello"))) { }
        var message = await site.LinkIn(DirectoryScene.Amina, "/account/messages/");
        (string Path, (string, string)[] Fields)[] forms =
        [
            ("/account/profile", [("Headline", "Once"), ("Listed", "true")]),
            ("/account/for-you/not-this", [("Path", "/posts/x")]),
            ("/account/for-you/again", []),
            (message + "/block", [("Lift", "false")]),
            (message + "/report", [("Reason", "Not nice")]),
            (message, [("Text", "An answer")]),
            ("/account/name", [("Name", "Amina Otieno")]),
            ("/account/erase", []),
            ("/account/erase/keep", []),
        ];
        foreach (var (path, fields) in forms)
        {
            var statuses = await AtOnce(4, _ => amina.Forge(path, fields));
            Assert.All(statuses, s => Assert.True((int)s < 500, $"{path}: {s}"));
        }
        Assert.Equal(1, await site.Db(db => db.Set<MemberBlock>().CountAsync()));
    }

    [Fact]
    public async Task Members_of_one_name_who_save_their_first_profiles_at_once_get_addresses_of_their_own()
    {
        await using var site = await TestSite.Start();
        var people = new List<HttpClient>();
        for (var i = 0; i < 4; i++)
            people.Add(await site.SignedInMember($"amina{i}@example.org", ("Name", "Amina Otieno")));
        var statuses = await AtOnce(people.Count, i => people[i].Forge("/account/profile", ("Listed", "true")));
        Assert.All(statuses, s => Assert.Equal(HttpStatusCode.SeeOther, s));
        Assert.Equal(4, await site.Db(db => db.Set<MemberProfile>().Select(p => p.Slug).Distinct().CountAsync()));
    }

    [Fact]
    public async Task Confirming_and_stopping_an_erasure_at_once_is_one_or_the_other()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        using (await amina.Submit("/account/erase", "form:has(input[name=_token])[action='/account/erase']")) { }
        var link = await site.LinkIn(DirectoryScene.Amina, "/erase/");
        var statuses = await AtOnce(6, i => site.Anonymous().Send(i % 2 == 0 ? link : link + "/keep"));
        Assert.All(statuses, s => Assert.True((int)s < 500, $"{s}"));
        Assert.Equal(0, await site.Db(db => db.Set<ErasureRequest>().CountAsync()));
        Assert.InRange(await site.Db(db => db.Set<MemberConsent>().CountAsync(c => c.Act == ConsentAct.Erasing)), 0, 1);
    }

    private static async Task<IReadOnlyList<HttpStatusCode>> AtOnce(
        int times,
        Func<int, Task<HttpResponseMessage>> send
    )
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(send));
        var statuses = answers.Select(a => a.StatusCode).ToList();
        foreach (var answer in answers)
            answer.Dispose();
        return statuses;
    }
}
