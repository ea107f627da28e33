using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Lpsa.Members;
using Lpsa.Organisations;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

/// <summary>A site with things that belong to people, and a visitor of every kind who owns none of them.</summary>
internal sealed partial class SecurityScene : IAsyncDisposable
{
    private readonly Dictionary<string, HttpClient> browsers = [];
    private readonly Dictionary<string, string> formTokens = [];

    /// <summary>The browser of the member whose things the others try to get at.</summary>
    public const string AminaSignedIn = "Amina";

    private SecurityScene(TestSite site) => Site = site;

    public TestSite Site { get; }
    public IReadOnlyList<Route> Routes { get; private set; } = [];
    public Guid MessageToAmina { get; private set; }
    public string AminasSlug => "amina-otieno";
    public Guid DraftOfChidi { get; private set; }
    public string DraftSlug => "a-draft-of-chidi";
    public Guid Mail { get; private set; }
    public Guid Amina { get; private set; }
    public Guid AuthorOfPosts { get; private set; }
    public Guid Segment { get; private set; }
    public Guid SessionOfAmina { get; private set; }
    public string Organisation => "lakeside-institute";
    public string DraftOrganisation => "a-draft-of-an-institute";
    public Guid OrganisationId { get; private set; }
    public Guid AminaWorksThere { get; private set; }
    public Guid RequestOfAmina { get; private set; }
    public string PasskeyOfAmina => "QW1pbmE";

    public static async Task<SecurityScene> Start()
    {
        var site = await TestSite.Start();
        var scene = new SecurityScene(site) { Routes = Route.All(site) };
        scene.Keep(AminaSignedIn, await site.AminaWith(DirectoryScene.Profile(Visibility.Members)));
        using (var baraka = await site.SignedInMember("baraka@example.org", ("Name", "Baraka")))
        using (var sent = await baraka.Submit($"/members/{scene.AminasSlug}/write", "#write", ("Text", "Hello Amina")))
            Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        await site.Db(async db =>
        {
            scene.MessageToAmina = await db.Set<MemberMessage>().Select(m => m.Id).SingleAsync();
            scene.Mail = await db.Set<OutgoingMail>().Select(m => m.Id).FirstAsync();
            var key = DirectoryScene.Amina;
            var amina = await db.Set<Account>().Where(a => a.EmailKey == key).Select(a => a.Id).SingleAsync();
            scene.Amina = amina;
            scene.SessionOfAmina = await db.Set<Session>()
                .Where(s => s.AccountId == amina)
                .Select(s => s.Id)
                .FirstAsync();
            var chidi = Account.Open("chidi@example.org", "Chidi", db.Now);
            var draft = Post.Draft(PostKind.Post, "en", scene.DraftSlug, chidi.Id, db.Now);
            draft.Write("A draft of Chidi", "", "Not for others yet.", db.Now);
            var author = Author.Named("Dalia", "dalia", false);
            var segment = MemberSegment.Keep("Kenya", "?country=KEN", db.Now);
            (scene.AuthorOfPosts, scene.Segment) = (author.Id, segment.Id);
            var institute = Lpsa.Organisations.Organisation.Add(
                scene.Organisation,
                new() { Name = "Lakeside Institute", State = OrganisationState.Published },
                db.Now
            );
            var unpublished = Lpsa.Organisations.Organisation.Add(
                scene.DraftOrganisation,
                new() { Name = "A draft" },
                db.Now
            );
            var works = Affiliation.Say(institute.Id, amina, new() { Role = "Lecturer" }, db.Now);
            var request = RecognitionRequest.Ask(amina, institute, new() { Reason = "We teach." }, db.Now);
            (scene.OrganisationId, scene.AminaWorksThere) = (institute.Id, works.Id);
            scene.RequestOfAmina = request.Id;
            db.AddRange(chidi, draft, author, segment, institute, unpublished, works, request);
            await db.SaveChangesAsync();
            scene.DraftOfChidi = draft.Id;
        });
        foreach (var (number, visitor) in AccessTable.Visitors.Index())
        {
            var from = new IPAddress([127, 0, 1, (byte)(number + 1)]);
            var browser =
                visitor == AccessTable.Stranger ? site.BrowserFrom(from) : await site.SignedInFrom(from, visitor);
            scene.Keep(visitor, browser);
        }
        foreach (var (visitor, browser) in scene.browsers.Where(b => b.Key != AccessTable.Stranger))
            scene.formTokens[visitor] = (await browser.Page("/account"))
                .QuerySelector("input[name=_token]")!
                .GetAttribute("value")!;
        await site.RunJobs();
        return scene;
    }

    private void Keep(string visitor, HttpClient browser) => browsers[visitor] = browser;

    public HttpClient BrowserOf(string visitor) => browsers[visitor];

    public string TokenOf(string visitor) => formTokens.GetValueOrDefault(visitor, "");

    /// <summary>Values that name a thing which is there, for those who may have it; null where the route takes none.</summary>
    public Dictionary<string, string>? ExistingFor(Route route) =>
        AccessTable
            .Owned.Concat(AccessTable.Shared)
            .Where(o => o.Holds(route))
            .OrderByDescending(o => o.Prefix.Length)
            .FirstOrDefault()
            ?.Existing(this);

    /// <summary>What a visitor gets, in a form that two answers can be compared by.</summary>
    public async Task<Answer> Ask(
        string visitor,
        Route route,
        IReadOnlyDictionary<string, string>? values = null,
        bool withToken = true,
        params (string Name, string Value)[] fields
    )
    {
        var path = route.Path(values);
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        if (route.Method != "GET")
        {
            var sent = fields.ToList();
            if (withToken && formTokens.TryGetValue(visitor, out var token))
                sent.Add(("_token", token));
            request.Content = new FormUrlEncodedContent(sent.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        }
        using var answer = await browsers[visitor].SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        // What differs though the answer is the same: the address asked for, the token of a form, the number of the
        // request, and the message that an earlier form left.
        foreach (
            var own in (IEnumerable<string>)
                [
                    Uri.EscapeDataString(path),
                    path,
                    .. values?.Values ?? [],
                    Route.Nobody,
                    .. fields.Select(f => f.Value),
                ]
        )
            body = body.Replace(own, "·", StringComparison.Ordinal);
        body = PerRequest().Replace(body, "");
        return new((int)answer.StatusCode, answer.Headers.Location?.ToString() ?? "", body);
    }

    /// <summary>
    /// Sum over every row of every table, whatever the order of rows, but for counters of tries and the queue, which
    /// its own runner changes.
    /// </summary>
    public Task<IReadOnlyDictionary<string, string>> Contents() =>
        Site.Db<IReadOnlyDictionary<string, string>>(async db =>
        {
            var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
            await db.Database.OpenConnectionAsync();
            foreach (
                var table in db
                    .Model.GetEntityTypes()
                    .Select(e => e.GetTableName())
                    .OfType<string>()
                    .Distinct()
                    .Where(t => t is not ("throttle_counts" or "jobs"))
            )
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"SELECT * FROM \"{table}\"";
                await using var rows = await command.ExecuteReaderAsync();
                var (sum, count) = (0UL, 0);
                while (await rows.ReadAsync())
                {
                    var text = string.Join(
                        '|',
                        Enumerable
                            .Range(0, rows.FieldCount)
                            .Select(i =>
                                rows.GetValue(i) is byte[] bytes
                                    ? Convert.ToHexString(bytes)
                                    : Convert.ToString(
                                        rows.GetValue(i),
                                        System.Globalization.CultureInfo.InvariantCulture
                                    )
                            )
                    );
                    sum = unchecked(sum + BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
                    count++;
                }
                sums[table] = $"{count} rows, {sum:x}";
            }
            return sums;
        });

    public static IEnumerable<string> Differences(
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> after
    ) => before.Keys.Where(t => before[t] != after[t]).Select(t => $"{t}: {before[t]} became {after[t]}");

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in browsers.Values)
            browser.Dispose();
        await Site.DisposeAsync();
    }

    [GeneratedRegex(
        """<input type="hidden" name="_token"[^>]*>|"traceId":\s*"[^"]*"|<p role="status" class="flash">[^<]*</p>"""
    )]
    private static partial Regex PerRequest();
}

/// <param name="To">Where a redirect leads; empty when it is none.</param>
internal sealed record Answer(int Status, string To, string Body)
{
    public bool AsksToSignIn => Status == 303 && To.StartsWith("/sign-in?", StringComparison.Ordinal);

    public string Short => To.Length > 0 ? $"{Status} to {To}" : $"{Status}";
}
