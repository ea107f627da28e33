using Lpsa.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

public sealed class TemplateTests(DemoSite demo)
{
    [Fact]
    public void Every_route_that_answers_get_has_an_example_and_every_example_a_route()
    {
        var routes = demo
            .Site.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true)
            .Select(e => Written(e.RoutePattern))
            .Distinct()
            // The demonstration has no upload and too few addresses for a second part; both have tests without a browser.
            .Except(["/files/{id:guid}/{name}", "/sitemap-{part:int}.xml"])
            .ToList();
        var known = Template.All.Select(t => t.Pattern).ToList();

        var wrong = routes
            .Except(known)
            .Select(r => $"{r}: no example in Template.cs")
            .Concat(known.Except(routes).Select(r => $"{r}: an example of a route that is not there"));
        Findings.AreNone(wrong.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_example_is_what_its_template_says()
    {
        using var anonymous = demo.Site.Anonymous();
        using var administrator = await demo.Site.SignedInAs(DemoSite.Administrator);
        var wrong = new List<string>();
        foreach (var template in Template.All)
        {
            var client = template.Answer == Answer.Public ? anonymous : administrator;
            using var answer = await client.GetAsync(demo.Filled(template.Example));
            var type = answer.Content.Headers.ContentType?.MediaType;
            var found =
                (int)answer.StatusCode is >= 300 and < 400 ? Answer.Redirect
                : type != "text/html" ? Answer.Data
                : template.Answer == Answer.Staff ? Answer.Staff
                : Answer.Public;
            if ((int)answer.StatusCode >= 400 || found != template.Answer)
                wrong.Add($"{template.Pattern}: {template.Example} answered {(int)answer.StatusCode} {type}");
        }

        Findings.AreNone(wrong);
    }

    [Fact]
    public async Task A_staff_page_is_not_open_to_anybody()
    {
        using var anonymous = demo.Site.Anonymous();
        var wrong = new List<string>();
        foreach (var template in Template.All.Where(t => t.Answer == Answer.Staff))
        {
            using var answer = await anonymous.GetAsync(demo.Filled(template.Example));
            if (answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) is not true)
                wrong.Add($"{template.Pattern} answered {(int)answer.StatusCode}");
        }

        Findings.AreNone(wrong);
    }

    private static string Written(RoutePattern pattern) => "/" + pattern.RawText!.Trim('/');
}
