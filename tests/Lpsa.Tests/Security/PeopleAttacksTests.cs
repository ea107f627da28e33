using System.IO.Compression;
using System.Net;
using Lpsa.Members;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>Members against members: posing, smuggling, flooding, peeping.</summary>
public sealed class PeopleAttacksTests
{
    private const string Baraka = "baraka@example.org";

    [Theory]
    [InlineData("\u0410mina", false)]
    [InlineData("Αmina", false)]
    [InlineData("Am\u202Eina", false)]
    [InlineData("Am\u200Bina", false)]
    [InlineData("Амина Отиено", true)]
    [InlineData("Αμίνα", true)]
    [InlineData("Amina Отиено", true)]
    [InlineData("آمنة", true)]
    [InlineData("王小明 Wang", true)]
    [InlineData("D’Ángelo-Núñez Jr.", true)]
    [InlineData("Nguyễn Thị", true)]
    public async Task A_name_that_poses_as_another_is_refused(string name, bool taken)
    {
        await using var site = await TestSite.Start();
        using var joined = await site.Anonymous().Send("/join", ("Email", "a@example.org"), ("Name", name));
        Assert.Equal(taken ? HttpStatusCode.SeeOther : HttpStatusCode.UnprocessableEntity, joined.StatusCode);
        var person = await site.SignedIn(Roles.Member);
        using var renamed = await person.Submit("/account", "#name-form", ("Name", name));
        Assert.Equal(joined.StatusCode, renamed.StatusCode);
    }

    [Fact, Trait("Vulnerability", "21 e-mail header injection")]
    public async Task A_line_break_in_a_name_ends_no_header_and_keeps_no_letter_back()
    {
        await using var site = await TestSite.Start();
        const string name = "Amina\r\nBcc: everyone@example.org";
        var token = await site.Joined("amina@example.org", ("Name", name));
        using (await site.Anonymous().Send("/preferences/" + token, ("Name", name), ("Listed", "true"))) { }
        Assert.Equal(
            "Amina Bcc: everyone@example.org",
            await site.Db(db => db.Set<Account>().Select(a => a.Name).SingleAsync())
        );
        var mails = await site.Db(db => db.Set<OutgoingMail>().ToListAsync());
        Assert.All(mails, m => Assert.DoesNotContain('\n', m.Subject + m.ToAddress));
        Assert.Contains(mails, m => m.Kind == "members.welcome");
    }

    [
        Fact,
        Trait("Vulnerability", "4 stored XSS"),
        Trait("Vulnerability", "5 XSS in staff views"),
        Trait("Vulnerability", "2 second-order injection")
    ]
    public async Task Markup_in_every_field_of_a_member_is_shown_as_text()
    {
        await using var site = await TestSite.Start();
        const string attack = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>";
        const string markdown =
            attack + " [a](javascript:alert(3)) ![b](data:text/html,x) <svg/onload=alert(4)> <https://x\"onclick=y>";
        using var amina = await site.SignedInMember(
            DirectoryScene.Amina,
            ("Name", attack),
            ("Institution", attack),
            ("Position", attack)
        );
        await amina.SaveProfile(
            DirectoryScene.Profile(Visibility.Everyone).With("Headline", attack).With("About", markdown)
        );
        using var baraka = await site.SignedInMember(Baraka, ("Name", attack));
        var slug = await site.Db(db => db.Set<MemberProfile>().Select(p => p.Slug).SingleAsync());
        using (await baraka.Submit($"/members/{slug}/write", "#write", ("Text", markdown))) { }
        var message = await site.LinkIn(DirectoryScene.Amina, "/account/messages/");
        using (await amina.Submit(message, "#report", ("Reason", attack))) { }
        var staff = await site.SignedIn(Roles.Administrator);
        var id = await site.Db(db => db.Set<MemberProfile>().Select(p => p.MemberId).SingleAsync());
        using (await staff.Submit($"/admin/members/{id}", "form[action$='/notes']", ("Text", markdown))) { }
        foreach (
            var (browser, path) in ((HttpClient, string)[])
                [
                    (site.Anonymous(), "/directory"),
                    (site.Anonymous(), "/directory?q=%3Cscript%3E%22onload%3D"),
                    (site.Anonymous(), $"/members/{slug}"),
                    (site.Anonymous(), "/search?q=script"),
                    (baraka, $"/members/{slug}/write"),
                    (amina, "/account/messages"),
                    (amina, message),
                    (amina, "/account"),
                    (amina, "/account/profile"),
                    (staff, "/admin/reports"),
                    (staff, "/admin/members"),
                    (staff, $"/admin/members/{id}"),
                    (staff, $"/admin/users/{id}"),
                    (staff, "/admin/audit"),
                ]
        )
            Harmless(path, await browser.Page(path));
        foreach (var mail in await site.Db(db => db.Set<OutgoingMail>().Select(m => m.Html).ToListAsync()))
            Harmless("a letter", Browsing.Parse(mail));
    }

    [Fact, Trait("Vulnerability", "11 CSV formula injection")]
    public async Task No_cell_of_a_list_runs_as_a_formula()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.SignedInMember(
            DirectoryScene.Amina,
            ("Name", "=1+1"),
            ("Institution", "@SUM(A1)")
        );
        await amina.SaveProfile(DirectoryScene.Profile(Visibility.Everyone).With("Headline", "+cmd|'/C calc'!A0"));
        await site.Posted("=HYPERLINK(1)", summary: "-2+3");
        var upload = MemberUpload.Arrive(
            "people.csv",
            1,
            "",
            new MemberFileShape([new("people.csv", "csv", "UTF-8", ",", [new("Email", "Email", [])])]),
            by: null,
            site.Clock.GetUtcNow().UtcDateTime
        );
        await site.Db(async db =>
        {
            db.Add(upload);
            db.Add(
                MemberUploadLine.Of(upload.Id, 1, MemberUploadLineKind.Rejected, "=a", 2, "@b", "=1+1", "no address")
            );
            await db.SaveChangesAsync();
        });
        var staff = await site.SignedIn(Roles.Administrator);
        var named = new Dictionary<string, string> { ["code"] = "ken", ["id"] = upload.Id.ToString() };
        foreach (
            var route in Route
                .All(site)
                .Where(r => r.Method == "GET" && r.Pattern.EndsWith(".csv", StringComparison.Ordinal))
        )
        {
            using var answer = await staff.GetAsync(route.Path(named));
            var text = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF');
            Assert.True(answer.StatusCode is HttpStatusCode.OK, route.Name);
            foreach (var cell in text.Split('\n').SelectMany(line => line.Split(',')))
                Assert.False(
                    cell.TrimStart('"').Length > 1
                        && "=+-@\t".Contains(cell.TrimStart('"')[0])
                        && !double.TryParse(
                            cell.Trim('"', '\r'),
                            System.Globalization.CultureInfo.InvariantCulture,
                            out _
                        ),
                    $"{route.Name}: {cell}"
                );
        }
    }

    [Fact]
    public async Task Nothing_is_mailed_to_who_pauses_or_is_suppressed_and_who_left_is_not_written_to()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        using var baraka = await site.SignedInMember(Baraka, ("Name", "Baraka"));
        using (await baraka.Submit("/members/amina-otieno/write", "#write", ("Text", "First"))) { }
        var answerPage = await site.LinkIn(DirectoryScene.Amina, "/account/messages/");
        var token = (await site.LinkIn(DirectoryScene.Amina, "/preferences/")).Split('/')[2];
        using (
            await site.Anonymous()
                .Send("/preferences/" + token, ("Name", "Amina Otieno"), ("PausedUntil", "2099-01-01"))
        ) { }
        var before = await Letters(site);
        using (var sent = await baraka.Submit("/members/amina-otieno/write", "#write", ("Text", "While away")))
            Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal(before, await Letters(site));
        Assert.Contains("While away", await amina.GetStringAsync("/account/data.json"));

        var barakas = (await site.LinkIn(Baraka, "/preferences/")).Split('/')[2];
        using (await site.Anonymous().Send("/unsubscribe/" + barakas)) { }
        using var answered = await amina.Submit(answerPage, "#answer", ("Text", "Too late"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answered.StatusCode);
        Assert.Equal(before, await Letters(site));
    }

    [Fact, Trait("Vulnerability", "9 path traversal")]
    public async Task The_own_data_has_two_files_of_fixed_names_and_what_others_wrote_to_the_person_but_no_address()
    {
        await using var site = await TestSite.Start();
        using var amina = await site.AminaWith(DirectoryScene.Profile(Visibility.Members));
        using var baraka = await site.SignedInMember(Baraka, ("Name", "../../Baraka"));
        using (await baraka.Submit("/members/amina-otieno/write", "#write", ("Text", "Words of Baraka"))) { }
        await using var zip = await ZipArchive.CreateAsync(
            await amina.GetStreamAsync("/account/data.zip"),
            ZipArchiveMode.Read,
            false,
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(["my-data.json", "my-data.html"], zip.Entries.Select(e => e.FullName));
        using var reader = new StreamReader(zip.Entries[0].Open());
        var json = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Words of Baraka", json);
        Assert.DoesNotContain(Baraka, json);
    }

    [Fact, Trait("Vulnerability", "36 denial by expensive export")]
    public async Task A_file_of_the_directory_is_bounded_and_says_where_it_goes_on()
    {
        await using var site = await TestSite.Start();
        await site.Db(async db =>
        {
            for (var i = 0; i < ListPeople.MostRows + 5; i++)
            {
                var account = Account.Open($"p{i}@example.org", $"Person {i}", db.Now);
                var profile = MemberProfile.Of(account.Id, $"person-{i}", db.Now);
                profile.Describe(new EditProfile.Input { Listed = true, NameSeenBy = Visibility.Everyone }, db.Now);
                db.AddRange(account, Member.Join(account.Id, "form", db.Now));
                db.Add(profile);
            }
            await db.SaveChangesAsync();
        });
        var reader = site.Anonymous();
        using var first = await reader.GetAsync("/directory.csv?country=&x=1");
        Assert.Equal(ListPeople.MostRows + 1, (await first.Content.ReadAsStringAsync()).TrimEnd().Split('\n').Length);
        var next = first.Headers.GetValues("Link").Single();
        Assert.StartsWith("<http://lpsa.test/directory.csv?", next);
        using var second = await reader.GetAsync(new Uri(next[1..next.IndexOf('>')]).PathAndQuery);
        Assert.Equal(6, (await second.Content.ReadAsStringAsync()).TrimEnd().Split('\n').Length);
        Assert.False(second.Headers.Contains("Link"));
    }

    [Theory]
    [InlineData("élodie")]
    [InlineData("ÉLODIE")]
    [InlineData("Élodie")]
    [InlineData("ørsted")]
    [InlineData("ØRSTED")]
    [InlineData("амина")]
    public async Task The_directory_finds_a_name_in_any_letter_case_on_either_database(string word)
    {
        await using var site = await TestSite.Start();
        using var person = await site.SignedInMember(
            Baraka,
            ("Name", "Élodie Амина"),
            ("Institution", "Ørsted College")
        );
        await person.SaveProfile(DirectoryScene.Profile(Visibility.Everyone).With("Headline", "Words"));
        Assert.Contains(
            "lodie",
            await site.Anonymous().GetStringAsync("/directory.json?q=" + Uri.EscapeDataString(word))
        );
    }

    private static void Harmless(string where, AngleSharp.Dom.IDocument page)
    {
        foreach (var element in page.All)
        {
            Assert.False(
                element.LocalName == "script" && !element.HasAttribute("src"),
                $"{where}: {element.OuterHtml}"
            );
            Assert.False(
                element.LocalName == "img" && element.GetAttribute("src") == "x",
                $"{where}: {element.OuterHtml}"
            );
            foreach (var attribute in element.Attributes)
            {
                Assert.False(
                    attribute.Name.StartsWith("on", StringComparison.Ordinal),
                    $"{where}: {element.OuterHtml}"
                );
                Assert.False(
                    attribute.Name is "href" or "src" or "action"
                        && attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase),
                    $"{where}: {element.OuterHtml}"
                );
            }
        }
    }

    private static async Task<int> Letters(TestSite site)
    {
        await site.RunJobs();
        return await site.Db(db => db.Set<OutgoingMail>().CountAsync(m => m.Kind == "members.message"));
    }
}
