using System.Text;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>Members move out, and back in.</summary>
public sealed class ExportMembersTests
{
    [Fact]
    public async Task The_own_form_comes_back_from_an_empty_database_as_the_same_bytes()
    {
        await using var site = await Filled();
        var written = await site.Written(MemberExportFormat.Own);
        await using var empty = await ImportScene.Start();
        var report = await empty.Take("members.jsonl", written);
        Assert.Equal((2, 0), (report.New, report.Rejected));
        Assert.Equal(
            Encoding.UTF8.GetString(written),
            Encoding.UTF8.GetString(await empty.Written(MemberExportFormat.Own))
        );
        Assert.Equal(2 + 1, await empty.Count<Suppression>());
        report = await empty.Take("members.jsonl", written);
        Assert.Equal((0, 0, 2), (report.New, report.Changed, report.Left));
    }

    [Fact]
    public async Task Links_in_old_messages_go_on_working_after_the_move()
    {
        await using var site = await Filled();
        var secrets = new MemberSecrets();
        var link = await site.Db(async db =>
            await secrets.LinkOf(db, await db.Set<Member>().FirstAsync(m => m.Country == "KEN"), CancellationToken.None)
        );
        await using var empty = await ImportScene.Start();
        await empty.Take("members.jsonl", await site.Written(MemberExportFormat.Own));
        var opened = await empty.Db(db => new MemberSecrets().Open(db, link, CancellationToken.None));
        Assert.Equal("KEN", opened?.Country);
    }

    [Theory]
    [InlineData("\"state\":\"member\"", "\"state\":\"king\"", "Member.state")]
    [InlineData("\"email\":\"amina@example.org\"", "\"email\":\"amina\"", "no @ sign")]
    [InlineData("\"name\":\"Amina Otieno\"", "\"name\":\"Amina\\nBcc: x\"", "line break")]
    public async Task A_line_that_was_tampered_with_is_named(string from, string to, string reason)
    {
        await using var site = await Filled();
        var written = Encoding.UTF8.GetString(await site.Written(MemberExportFormat.Own)).Replace(from, to);
        await using var empty = await ImportScene.Start();
        var report = await empty.Take("members.jsonl", written);
        Assert.Contains(report.Findings, f => f.Reason.Contains(reason));
        Assert.Equal(0, await empty.Count<Account>());
    }

    [Theory]
    [InlineData("Mailchimp", "audience.zip")]
    [InlineData("Listmonk", "list.csv")]
    [InlineData("Ghost", "members.csv")]
    public async Task What_other_programs_read_comes_back_alike(string format, string name)
    {
        await using var site = await Filled();
        var written = await site.Written(Enum.Parse<MemberExportFormat>(format), asArchive: true);
        await using var empty = await ImportScene.Start();
        var report = await empty.Take(name, written);
        Assert.Equal((format.ToLowerInvariant(), 0), (report.Format, report.Rejected));
        var (was, now) = (await site.People(), await empty.People());
        Assert.Equal(["amina@example.org"], now.Keys);
        Assert.Equal(was["amina@example.org"].Account.Name, now["amina@example.org"].Account.Name);
        Assert.Equal(
            was["amina@example.org"].Member.CodesOn("sector"),
            now["amina@example.org"].Member.CodesOn("sector")
        );
        Assert.Equal(was["amina@example.org"].Member.JoinedAt, now["amina@example.org"].Member.JoinedAt);
    }

    [Fact]
    public async Task No_cell_is_a_formula_to_a_spreadsheet()
    {
        await using var site = await ImportScene.Start();
        await site.Take(
            "list.csv",
            "email,name\n=cmd|'/c'!a@example.org,\"=HYPERLINK(\"\"x\"\")\"\n-b@example.org,@SUM(1)\n"
        );
        foreach (
            var format in (MemberExportFormat[])
                [MemberExportFormat.Mailchimp, MemberExportFormat.Listmonk, MemberExportFormat.Ghost]
        )
        {
            var text = Encoding.UTF8.GetString(await site.Written(format));
            Assert.DoesNotMatch("(^|,)\"?[=+@-]", text);
        }
    }

    /// <summary>A member, one who left, and addresses that must not be written to.</summary>
    private static async Task<TestPlatform> Filled()
    {
        var site = await ImportScene.Start();
        await site.Take("audience.zip", ImportScene.Audience());
        await site.Take(
            "unsubscribed_2.csv",
            ImportScene.Unsubscribed.Replace("carla@example.org", "bruno@example.org")
        );
        return site;
    }
}
