using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Lpsa.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Lpsa.Tests;

/// <summary>
/// The whole product on a free port with an empty database of its own: a temporary SQLite file, or a new database on
/// the PostgreSQL server that <c>LPSA_TEST_POSTGRES</c> names. Nothing inside is replaced but the clock.
/// </summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly WebApplication app;

    private readonly bool ownsDatabase;

    private TestSite(TestDatabase database, WebApplication app, TestClock clock, bool ownsDatabase)
    {
        this.database = database;
        this.ownsDatabase = ownsDatabase;
        this.app = app;
        Clock = clock;
    }

    public TestClock Clock { get; }
    public IServiceProvider Services => app.Services;
    public Uri Address => new(app.Urls.First());
    public INotifier Notifier => Services.GetRequiredService<INotifier>();
    public string DataFolder => database.Folder;

    /// <param name="adjust">Changes to the services before the start, for settings a test is about.</param>
    /// <param name="staffNeedTwoFactors">As delivered; off unless the test is about it, so that staff sign in by a link alone.</param>
    public static async Task<TestSite> Start(
        Func<PlatformOptions, PlatformOptions>? options = null,
        Action<WebApplicationBuilder>? adjust = null,
        bool staffNeedTwoFactors = false
    )
    {
        var site = await Open(await PreparedDatabase.Copy(), new TestClock(), owns: true, options, adjust);
        // Written past the audit log: tests that read it expect only what they did themselves.
        if (!staffNeedTwoFactors)
            await site.Db(db =>
                db.Database.ExecuteSqlAsync(
                    $"INSERT INTO settings (key, value) VALUES ({SecondFactor.Setting}, {"off"})"
                )
            );
        return site;
    }

    /// <summary>A further server on a database that the test owns.</summary>
    public static Task<TestSite> Join(TestDatabase database, TestClock? clock = null) =>
        Open(database, clock ?? new TestClock(), owns: false, null, null);

    private static async Task<TestSite> Open(
        TestDatabase database,
        TestClock clock,
        bool owns,
        Func<PlatformOptions, PlatformOptions>? options,
        Action<WebApplicationBuilder>? adjust
    )
    {
        var settings = new PlatformOptions
        {
            DataFolder = database.Folder,
            Database = database.Settings,
            Url = new Uri("http://lpsa.test"),
            Languages = Language.All,
        };
        var app = Product.Build(
            options?.Invoke(settings) ?? settings,
            "http://127.0.0.1:0",
            builder =>
            {
                builder.Services.RemoveAll<TimeProvider>();
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Logging.AddFilter("Lpsa", LogLevel.Error).AddFilter("Microsoft", LogLevel.Error);
                adjust?.Invoke(builder);
            }
        );
        await app.StartAsync();
        return new TestSite(database, app, clock, owns);
    }

    /// <summary>A browser without cookies that does not follow redirects.</summary>
    public HttpClient Anonymous() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = Address,
        };

    /// <summary>A browser signed in through the real link, as a new account with these roles.</summary>
    public async Task<HttpClient> SignedIn(params string[] roles)
    {
        var token = "";
        await Db(async db =>
        {
            var account = Account.Open($"{Guid.NewGuid():N}@example.org", "Test Person", db.Now);
            foreach (var role in roles)
                account.Grant(role);
            (var link, token) = SignInLink.Make(account.Id, db.Now);
            db.AddRange(account, link);
            await db.SaveChangesAsync();
        });
        var client = Anonymous();
        using var answer = await client.PostAsync(SignInLink.PathOf(token), new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        // The message of the redirect is shown once; take it, so that the next page is as it will be.
        using var _ = await client.GetAsync("/");
        return client;
    }

    /// <summary>A browser signed in as the person of this address.</summary>
    public async Task<HttpClient> SignedInAs(string email)
    {
        var token = await Db(async db =>
        {
            var key = Account.KeyOf(email);
            var account = await db.Set<Account>().SingleAsync(a => a.EmailKey == key);
            var (link, made) = SignInLink.Make(account.Id, db.Now);
            db.Add(link);
            await db.SaveChangesAsync();
            return made;
        });
        var browser = Anonymous();
        using var answer = await browser.PostAsync(SignInLink.PathOf(token), new FormUrlEncodedContent([]));
        using var _ = await browser.GetAsync("/");
        return browser;
    }

    public async Task Db(Func<PlatformDb, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<PlatformDb>());
    }

    public async Task<T> Db<T>(Func<PlatformDb, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PlatformDb>());
    }

    /// <summary>Runs every job that is due at the clock's time, and what they make due.</summary>
    public Task RunJobs() => Services.GetRequiredService<JobRunner>().RunUntilIdle(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsDatabase)
            await database.DisposeAsync();
    }
}

public static class Browsing
{
    private static readonly HtmlParser Parser = new();

    /// <summary>The page at an address; fails with the status and the text when it is not 200.</summary>
    public static async Task<IDocument> Page(
        this HttpClient client,
        string path,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        using var answer = await client.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{path} answered {(int)answer.StatusCode}: {Shorten(html)}");
        return Parser.ParseDocument(html);
    }

    /// <summary>Sends a form as a person would: from its page, with its hidden fields.</summary>
    public static async Task<HttpResponseMessage> Submit(
        this HttpClient client,
        string page,
        string formSelector,
        params (string Name, string Value)[] fields
    )
    {
        var document = await client.Page(page);
        var form =
            document.QuerySelector(formSelector)
            ?? throw new InvalidOperationException($"No form {formSelector} on {page}.");
        var sent = new List<KeyValuePair<string, string>>();
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]"))
            if (!fields.Any(f => f.Name == hidden.GetAttribute("name")))
                sent.Add(new(hidden.GetAttribute("name")!, hidden.GetAttribute("value") ?? ""));
        sent.AddRange(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        return await client.PostAsync(form.GetAttribute("action") ?? page, new FormUrlEncodedContent(sent));
    }

    public static IDocument Parse(string html) => Parser.ParseDocument(html);

    private static string Shorten(string text) => text.Length > 800 ? text[..800] + "…" : text;
}
