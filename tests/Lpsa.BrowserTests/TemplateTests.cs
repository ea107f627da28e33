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
            .ToList();
        var known = Template.All.Select(t => t.Pattern).ToList();

        var wrong = routes
            .Except(known)
            .Select(r => $"{r}: no example in Template.cs")
            .Concat(known.Except(routes).Select(r => $"{r}: an example of a route that is not there"));
        Findings.AreNone(wrong.Order(StringComparer.Ordinal));
    }

    private static string Written(RoutePattern pattern) => "/" + pattern.RawText!.Trim('/');
}
