using System.Net;
using System.Text.RegularExpressions;
using Lpsa.Members;
using Lpsa.Organisations;
using Lpsa.Platform;
using Lpsa.Publishing;
using Lpsa.Tests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DemoSite))]

namespace Lpsa.Tests;

/// <summary>The whole product with its demonstration content, and one browser that every test opens windows in.</summary>
public sealed partial class DemoSite : IAsyncLifetime
{
    public const string Administrator = "amara.okonjo@demo.example";
    public const string Editor = "lucia.ferreyra@demo.example";

    /// <summary>Generous because the machine may be busy; a passing test never waits for it.</summary>
    private const float Patience = 20_000;

    private TestSite site = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private string administratorSession = "";
    private IReadOnlyDictionary<string, string> examples = new Dictionary<string, string>();

    public TestSite Site => site;
    public string Origin => site.Address.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.Launch(playwright);
        // The clock of the machine: a browser has no other, and drops cookies that are past by it.
        site = await TestSite.Start(adjust: builder =>
        {
            builder.Services.RemoveAll<TimeProvider>();
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddSingleton<IStartupFilter, Networks>();
        });
        await using (var scope = site.Services.CreateAsyncScope())
            await Demo.Load(scope.ServiceProvider, CancellationToken.None);
        using (var visitor = site.Anonymous())
            await visitor.Submit("/sign-in", "form[action='/sign-in']", ("Email", "tenzin.gurung@demo.example"));
        for (var looks = 0; looks < 100 && !await site.Db(db => db.Set<OutgoingMail>().AnyAsync()); looks++)
            await site.RunJobs();
        examples = await Examples();
        administratorSession = await SignIn(Administrator);
    }

    /// <summary>An address with <c>{post}</c>, <c>{preview}</c> and the like replaced by what the demo content has.</summary>
    public string Filled(string example) => Name().Replace(example, match => examples[match.Groups[1].Value]);

    /// <summary>A window of its own: no cookies, nothing cached.</summary>
    public async Task<IPage> Visit(Action<BrowserNewContextOptions>? settings = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = Origin,
            ViewportSize = new() { Width = 1280, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
            ExtraHTTPHeaders = [new(Networks.Header, Networks.Next())],
        };
        settings?.Invoke(options);
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>A window in which the person of this address is signed in, through the real link.</summary>
    public async Task<IPage> VisitAs(string email, Action<BrowserNewContextOptions>? settings = null)
    {
        var session = await SignIn(email);
        return await Visit(options =>
        {
            options.StorageState = session;
            settings?.Invoke(options);
        });
    }

    public Task<IPage> VisitAsAdministrator(Action<BrowserNewContextOptions>? settings = null) =>
        Visit(options =>
        {
            options.StorageState = administratorSession;
            settings?.Invoke(options);
        });

    /// <summary>A new draft of the administrator.</summary>
    public Task<Guid> Draft(string title) =>
        site.Db(async db =>
        {
            var key = Account.KeyOf(Administrator);
            var by = await db.Set<Account>().Where(a => a.EmailKey == key).Select(a => a.Id).SingleAsync();
            var post = Post.Draft(PostKind.Post, "en", "draft-" + Guid.NewGuid().ToString("N"), by, db.Now);
            post.Write(title, "", "", db.Now);
            db.Add(post);
            await db.SaveChangesAsync();
            return post.Id;
        });

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (site is not null)
            await site.DisposeAsync();
    }

    private async Task<string> SignIn(string email)
    {
        var token = "";
        await site.Db(async db =>
        {
            var key = Account.KeyOf(email);
            var account = await db.Set<Account>().Where(a => a.EmailKey == key).Select(a => a.Id).SingleAsync();
            (var link, token) = SignInLink.Make(account, db.Now);
            db.Add(link);
            await db.SaveChangesAsync();
        });
        var page = await Visit();
        await page.GotoAsync(SignInLink.PathOf(token));
        await page.Locator("main button").ClickAsync();
        await Assertions.Expect(page.Locator(".flash")).ToBeVisibleAsync();
        var session = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return session;
    }

    private Task<Dictionary<string, string>> Examples() =>
        site.Db(async db =>
        {
            var public_ = db.Set<Post>().Where(p => p.State == PostState.Published);
            var explainer = await public_.SingleAsync(p => p.Slug == "what-is-the-local-public-sector");
            var record = await public_.Where(p => p.SourceAddress != null).OrderBy(p => p.Slug).FirstAsync();
            var author = await db.Set<PostCredit>()
                .Join(db.Set<Author>(), c => c.AuthorId, a => a.Id, (_, a) => a)
                .OrderBy(a => a.Slug)
                .FirstAsync();
            var draft = Post.Draft(PostKind.Post, "en", "a-draft-to-look-at", null, db.Now);
            draft.Write(
                "A draft to look at",
                "Not public yet.",
                "## A heading\n\nSome **text**, and a list:\n\n- one\n- two\n",
                db.Now
            );
            draft.OpenPreview(db.Now);
            db.Add(draft);
            await db.SaveChangesAsync();
            var letter = await db.Set<OutgoingMail>().FirstAsync();
            var account = await db.Set<Account>().OrderBy(a => a.Email).FirstAsync();
            var key = Account.KeyOf(Administrator);
            var administrator = await db.Set<Account>().Where(a => a.EmailKey == key).Select(a => a.Id).SingleAsync();
            var person = await db.Set<MemberProfile>()
                .Where(p => p.Listed && p.NameSeenBy == Visibility.Everyone && p.MemberId != administrator)
                .OrderBy(p => p.Slug)
                .FirstAsync();
            var member = await db.Set<Member>().SingleAsync(m => m.Id == person.MemberId);
            var message = MemberMessage.Write(
                person.MemberId,
                administrator,
                "Shall we meet in Nairobi?",
                false,
                db.Now
            );
            var asked = Registration.Ask("new@demo.example", new MemberChoices(), "en", "", "", db.Now);
            var confirm = asked.MakeToken();
            var organisation = await db.Set<Organisation>()
                .SingleAsync(o => o.Slug == "lakeside-institute-for-local-governance");
            var recognition = RecognitionRequest.Ask(
                administrator,
                organisation,
                new RequestInput { Mark = MarkKind.Partner, Reason = "We teach together." },
                db.Now
            );
            recognition.Go(RequestState.UnderReview, byStaff: true, "", db.Now);
            db.Add(recognition);
            const string erase = "a-token-of-a-person-who-wants-to-be-forgotten";
            db.AddRange(message, asked, ErasureRequest.Ask(person.MemberId, SignInLink.HashOf(erase), db.Now));
            var moving = AddressChange.Ask(account, "another@demo.example", Language.English, byStaff: false, db.Now);
            var address = moving.MakeOldToken();
            var moved = AddressChange.Ask(account, "another@demo.example", Language.English, byStaff: false, db.Now);
            var (undo, undoHash) = AddressChange.NewToken();
            db.AddRange(moving, moved);
            await db.SaveChangesAsync();
            await db.Set<AddressChange>()
                .Where(c => c.Id == moved.Id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(c => c.DoneAt, db.Now)
                        .SetProperty(c => c.UndoHash, undoHash)
                        .SetProperty(c => c.UndoUntil, db.Now + AddressChange.UndoTime)
                );
            var upload = MemberUpload.Arrive(
                "people.csv",
                100,
                "",
                new MemberFileShape([
                    new(
                        "people.csv",
                        "csv",
                        "UTF-8",
                        ",",
                        [new("Email", "Email", ["amina@demo.example"]), new("Town", null, ["Kisumu"])]
                    ),
                ]),
                administrator,
                db.Now
            );
            db.Add(upload);
            await db.SaveChangesAsync();
            var twins = await db.Set<MemberPair>().OrderByDescending(p => p.Score).FirstAsync();
            var choices = await site
                .Services.GetRequiredService<MemberSecrets>()
                .LinkOf(db, member, CancellationToken.None);
            return new Dictionary<string, string>
            {
                ["explainer"] = explainer.Slug,
                ["record"] = record.Slug,
                ["post"] = explainer.Id.ToString(),
                ["preview"] = draft.PreviewToken!,
                ["author"] = author.Slug,
                ["authorId"] = author.Id.ToString(),
                ["letter"] = letter.Id.ToString(),
                ["account"] = account.Id.ToString(),
                ["member"] = member.Id.ToString(),
                ["person"] = person.Slug,
                ["message"] = message.Id.ToString(),
                ["upload"] = upload.Id.ToString(),
                ["twins"] = $"{twins.FirstId}/{twins.SecondId}",
                ["choices"] = choices,
                ["confirm"] = confirm,
                ["erase"] = erase,
                ["organisation"] = organisation.Slug,
                ["organisationId"] = organisation.Id.ToString(),
                ["recognition"] = recognition.Id.ToString(),
                ["address"] = address,
                ["undo"] = undo,
            };
        });

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Name();
}
