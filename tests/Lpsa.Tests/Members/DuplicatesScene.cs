using System.Net;
using Lpsa.Members;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>One person twice.</summary>
internal static class DuplicatesScene
{
    public sealed record Twin(Guid Id, string Token);

    public static async Task<(Twin Survivor, Twin Merged)> Twins(this TestSite site)
    {
        var one = await site.Joined(
            "amina@example.org",
            ("Name", "Amina Otieno"),
            ("Country", "KEN"),
            ("Themes", "fiscal")
        );
        site.Clock.Advance(TimeSpan.FromDays(3));
        var other = await site.Joined(
            "amina@work.example.org",
            ("Name", "Amina Otieno"),
            ("Country", "KEN"),
            ("Institution", "County of Kisumu"),
            ("Themes", "fiscal"),
            ("Themes", "mlg")
        );
        return (new((await site.MemberOf(one)).Id, one), new((await site.MemberOf(other)).Id, other));
    }

    public static async Task FindDuplicates(this TestSite site)
    {
        var staff = await site.SignedIn(Roles.Secretariat);
        using var asked = await staff.Submit("/admin/members/duplicates", "#find");
        await site.RunJobs();
    }

    /// <summary>Merges by the form of the page.</summary>
    public static async Task<HttpResponseMessage> Merge(
        this HttpClient staff,
        Guid survivor,
        Guid merged,
        Guid? institution = null,
        Guid? profile = null
    )
    {
        var path = CompareMembers.PathOf(survivor, merged);
        var first = MemberPair.Ordered(survivor, merged).First;
        using var page = await staff.GetAsync(path);
        if (page.StatusCode != HttpStatusCode.OK)
            return new HttpResponseMessage(page.StatusCode);
        var form = Browsing.Parse(await page.Content.ReadAsStringAsync()).QuerySelector("#merge")!;
        var token = form.QuerySelector("input[type=hidden]")!;
        return await staff.PostAsync(
            path + "/merge",
            new FormUrlEncodedContent([
                new(token.GetAttribute("name")!, token.GetAttribute("value")!),
                new("Stays", Side(survivor)),
                new("Name", Side(survivor)),
                new("Country", Side(survivor)),
                new("Language", Side(survivor)),
                new("Institution", Side(institution ?? survivor)),
                new("Position", Side(survivor)),
                new("Stakeholder", Side(survivor)),
                new("Profile", Side(profile ?? survivor)),
                new("Interests", "Both"),
            ])
        );

        string Side(Guid id) => id == first ? "First" : "Second";
    }

    /// <summary>Everything that members may have, for both and between them and with a third.</summary>
    public static async Task Furnish(this TestSite site, Guid survivor, Guid merged)
    {
        var third = (await site.MemberOf(await site.Joined("third@example.org"))).Id;
        await site.Db(async db =>
        {
            foreach (var id in new[] { survivor, merged })
            {
                var profile = MemberProfile.Of(id, "amina-" + id.ToString("N")[^8..], db.Now);
                profile.Describe(
                    new EditProfile.Input
                    {
                        Listed = true,
                        Headline = "Planner",
                        NameSeenBy = Visibility.Everyone,
                    },
                    db.Now
                );
                if (id == survivor)
                    profile.WriteAs("amina-otieno");
                db.Add(profile);
                db.Add(MemberNote.Write(id, "Staff", "A note", db.Now));
                db.Add(new MemberDismissal(id, "/posts/a", db.Now));
                db.Add(new MemberBlock(id, third, db.Now));
                db.Add(MemberMessage.Write(id, third, "Hello", false, db.Now));
                db.Add(MemberMessage.Write(third, id, "Hello back", false, db.Now));
            }
            db.Add(new MemberBlock(merged, survivor, db.Now));
            db.Add(MemberMessage.Write(survivor, merged, "Is this me?", false, db.Now));
            var post = Post.Draft(PostKind.Post, "en", "a-draft", merged, db.Now);
            post.Write("A draft", "", "", db.Now);
            db.Add(post);
            db.AddRange(
                PostWorkingCopy.Of(post.Id, merged, "en"),
                PostWorkingCopy.Of(post.Id, survivor, "en"),
                PostWorkingCopy.Of(post.Id, merged, "fr")
            );
            var hash = await site
                .Services.GetRequiredService<MemberSecrets>()
                .HashOf(db, "amina@work.example.org", default);
            db.Add(Suppression.Of(hash, Suppression.Bulk, SuppressionReason.Complained, "test", db.Now));
            await db.SaveChangesAsync();
        });
    }

    /// <summary>All rows of all tables that an undo restores, as text.</summary>
    public static Task<Dictionary<string, string>> Tables(this TestSite site) =>
        site.Db(async db =>
        {
            var tables = new Dictionary<string, string>();
            await db.Database.OpenConnectionAsync();
            foreach (var type in db.Model.GetEntityTypes())
            {
                var table = type.GetTableName()!;
                if (DuplicatesTests.IsNotRestored(table))
                    continue;
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"SELECT * FROM \"{table}\"";
                var rows = new List<string>();
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    var values = new object[reader.FieldCount];
                    reader.GetValues(values);
                    rows.Add(
                        string.Join('|', values.Select(v => v is byte[] bytes ? Convert.ToHexString(bytes) : $"{v}"))
                    );
                }
                tables[table] = string.Join('\n', rows.Order(StringComparer.Ordinal));
            }
            return tables;
        });
}
