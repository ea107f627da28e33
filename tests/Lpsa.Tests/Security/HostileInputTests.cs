using System.Net;
using System.Text;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>
/// What no person types, in every field of every form and in every query: an answer in plain words, never a fault, on
/// either database. The fields are read from the handlers, so a new form is attacked without a line here.
/// </summary>
public sealed class HostileInputTests
{
    /// <summary>As they travel, percent-encoded, because some are no text at all.</summary>
    private static readonly (string What, string Value)[] Values =
    [
        ("NUL", "a%00b"),
        ("half a character", "%ED%A0%80"),
        ("bytes that are no UTF-8", "%FF%FE%C0%80"),
        ("turned direction", "%E2%80%AEabc%E2%81%A6"),
        ("a line break and a header", "Amina%0D%0ABcc%3A%20everyone%40example.org"),
        ("300 characters", new string('x', 300)),
        ("twenty thousand characters", new string('y', 20_000)),
        ("a formula", "%3D1%2B1%7Ccmd"),
        ("SQL", "'%20OR%201%3D1%3B--%20%25%5F"),
        ("markup", "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27"),
        ("a template", "%7B%7B7*7%7D%7D%24%7B7*7%7D%3C%25%3D7%25%3E"),
        ("a number beyond all", "99999999999999999999999"),
        ("a path", "..%2F..%2Fetc%2Fpasswd"),
        ("another site", "%2F%2Fevil.example%5C"),
        ("a date that is none", "0000-00-00"),
        ("noncharacters", "%EF%BF%BF%F4%8F%BF%BF"),
    ];

    [Fact, Trait("Vulnerability", "1 SQL injection")]
    public async Task Every_field_of_every_form_takes_what_nobody_types_or_refuses_it()
    {
        await using var scene = await SecurityScene.Start();
        var faults = new List<string>();
        foreach (var (what, value) in Values)
        foreach (var route in scene.Routes.Where(r => r.Method == "POST" && r.Fields.Count > 0))
        {
            var visitor = VisitorFor(route);
            var path = route.Path(scene.ExistingFor(route));
            var fields = string.Join('&', route.Fields.Select(f => $"{f}={value}"));
            foreach (var body in Bodies(route, fields, value))
                if (await Post(scene, visitor, path, body) is >= 500 and var status)
                    faults.Add($"{route.Name} as {visitor} with {what} answered {status}");
        }
        Breaches.None(faults);
    }

    [Fact, Trait("Vulnerability", "1 SQL injection")]
    public async Task Every_query_takes_what_nobody_types_or_refuses_it()
    {
        await using var scene = await SecurityScene.Start();
        var faults = new List<string>();
        foreach (var (what, whole) in Values)
        foreach (var route in scene.Routes.Where(r => r.Method == "GET"))
        {
            var visitor = route.Permission is null ? AccessTable.Stranger : Roles.Administrator;
            var value = whole.Length > 1000 ? whole[..1000] : whole;
            var each = QueryKeys.Select(k => $"{k}={value}").ToList();
            // One by one only what a database might choke on: the rest differs little from key to key.
            foreach (var asked in what is "NUL" or "SQL" ? each : [string.Join('&', each)])
            {
                using var answer = await scene
                    .BrowserOf(visitor)
                    .GetAsync(
                        route.Path(scene.ExistingFor(route)) + "?" + asked,
                        HttpCompletionOption.ResponseHeadersRead
                    );
                if ((int)answer.StatusCode >= 500)
                    faults.Add($"{route.Name} with {what} in {asked.Split('=')[0]} answered {(int)answer.StatusCode}");
            }
        }
        Breaches.None(faults);
    }

    [Fact, Trait("Vulnerability", "16 type coercion")]
    public async Task A_body_of_another_kind_than_the_form_is_refused_without_a_fault()
    {
        await using var scene = await SecurityScene.Start();
        var faults = new List<string>();
        (string Type, string Body)[] bodies =
        [
            ("application/json", """{"Email":["a@example.org"],"Name":{"$ne":null}}"""),
            ("text/plain", "Email=a@example.org"),
            ("multipart/form-data", "no boundary"),
            (
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"Name\"\r\n\r\nunfinished"
            ),
            ("multipart/form-data; boundary=" + new string('b', 300), "--b"),
            ("application/x-www-form-urlencoded", ""),
            ("application/x-www-form-urlencoded; charset=utf-7", "Name=+ADw-script+AD4-"),
            ("application/x-www-form-urlencoded", "&&==%&=&%zz=%zz"),
            ("application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 3000).Select(i => $"f{i}=x"))),
            ("application/x-www-form-urlencoded", string.Concat(Enumerable.Repeat("Name=x&", 3000))),
            ("application/x-www-form-urlencoded", new string('k', 5000) + "=x"),
        ];
        foreach (var route in scene.Routes.Where(r => r.Method == "POST"))
        foreach (var (type, body) in bodies)
        foreach (var visitor in (string[])[AccessTable.Stranger, VisitorFor(route)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, route.Path(scene.ExistingFor(route)))
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
            };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await scene.BrowserOf(visitor).SendAsync(request);
            if ((int)answer.StatusCode >= 500)
                faults.Add($"{route.Name} as {visitor}: {type}, {body.Length} characters: {(int)answer.StatusCode}");
        }
        Breaches.None(faults);
    }

    [Fact, Trait("Vulnerability", "36 denial by expensive requests")]
    public async Task A_body_too_large_for_any_form_is_cut_off()
    {
        await using var site = await TestSite.Start();
        foreach (var path in (string[])["/join", "/sign-in", "/unsubscribe/x", "/preferences/x"])
        {
            using var body = new ByteArrayContent(new byte[40_000_000]);
            body.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
            try
            {
                using var answer = await site.Anonymous().PostAsync(path, body);
                Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{path}: {(int)answer.StatusCode}");
            }
            catch (HttpRequestException cut)
            {
                Assert.IsAssignableFrom<IOException>(cut.InnerException);
            }
        }
        using var after = await site.Anonymous().GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    private static readonly string[] QueryKeys =
    [
        "q",
        "page",
        "theme",
        "country",
        "language",
        "availability",
        "stakeholder",
        "region",
        "sector",
        "tag",
        "year",
        "month",
        "state",
        "origin",
        "channel",
        "back",
        "to",
        "kind",
        "sort",
        "entity",
        "actor",
        "limit",
    ];

    /// <summary>All fields at once, and each alone beside values that are right, to get past the first check.</summary>
    private static IEnumerable<string> Bodies(Route route, string all, string value)
    {
        yield return all;
        foreach (var field in route.Fields)
            yield return string.Join(
                '&',
                route.Fields.Select(f =>
                    f == field ? $"{f}={value}"
                    : f == "Email" ? "Email=someone%40example.org"
                    : f.EndsWith("SeenBy", StringComparison.Ordinal) ? $"{f}=Everyone"
                    : f is "Text" or "Name" or "Title" or "Label" or "Reason" ? $"{f}=Fine"
                    : ""
                )
            );
    }

    private static string VisitorFor(Route route) =>
        route.Permission is not null ? Roles.Administrator
        : route.NeedsSignIn ? SecurityScene.AminaSignedIn
        : AccessTable.Stranger;

    private static async Task<int> Post(SecurityScene scene, string visitor, string path, string body)
    {
        using var content = new StringContent(
            body + "&_token=" + Uri.EscapeDataString(scene.TokenOf(visitor)),
            Encoding.ASCII,
            "application/x-www-form-urlencoded"
        );
        using var answer = await scene.BrowserOf(visitor).PostAsync(path, content);
        return (int)answer.StatusCode;
    }
}
