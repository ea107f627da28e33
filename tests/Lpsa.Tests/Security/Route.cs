using System.Reflection;
using System.Text.RegularExpressions;
using Lpsa.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>One address of the running product with one of its methods.</summary>
/// <param name="Pattern">Without the rules of its parameters: <c>/account/messages/{id}</c>.</param>
internal sealed partial record Route(string Method, string Pattern, RouteEndpoint Endpoint)
{
    /// <summary>In the place of a name or secret: a value that nothing has.</summary>
    public const string Nobody = "nobody-has-this";

    public string Name => $"{Method} {Pattern}";

    public Permission? Permission => Endpoint.Metadata.GetMetadata<RequiredPermission>()?.Permission;
    public bool NeedsSignIn => Endpoint.Metadata.GetMetadata<RequiredSignIn>() is not null;
    public bool TakesAnyOrigin => Endpoint.Metadata.GetMetadata<AnyOrigin>() is not null;
    public bool HasParameters => Endpoint.RoutePattern.Parameters.Count > 0;

    public static IReadOnlyList<Route> All(TestSite site) =>
        [
            .. site
                .Services.GetServices<EndpointDataSource>()
                .SelectMany(s => s.Endpoints)
                .OfType<RouteEndpoint>()
                .SelectMany(e =>
                    (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => new Route(
                        method,
                        Rule().Replace("/" + e.RoutePattern.RawText!.Trim('/'), "{$1}"),
                        e
                    ))
                )
                .DistinctBy(r => r.Name)
                .OrderBy(r => r.Pattern, StringComparer.Ordinal)
                .ThenBy(r => r.Method, StringComparer.Ordinal),
        ];

    /// <summary>Names of the fields of the form that the handler reads; empty when it reads none.</summary>
    public IReadOnlyList<string> Fields =>
        [
            .. (Endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
                .Select(p => p.ParameterType)
                .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Form<>))
                .SelectMany(t => t.GetGenericArguments()[0].GetProperties())
                .Where(p => p.CanWrite)
                .Select(p => p.Name),
        ];

    /// <summary>A local path that this route answers, with values that nothing has unless they are given.</summary>
    public string Path(IReadOnlyDictionary<string, string>? values = null) =>
        "/"
        + string.Join(
            '/',
            Endpoint.RoutePattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            RoutePatternLiteralPart literal => literal.Content,
                            RoutePatternSeparatorPart dot => dot.Content,
                            RoutePatternParameterPart named => values?.GetValueOrDefault(named.Name) ?? Unknown(named),
                            _ => "",
                        }
                    )
                )
            )
        );

    private static string Unknown(RoutePatternParameterPart parameter)
    {
        var rules = string.Concat(parameter.ParameterPolicies.Select(p => p.Content));
        return rules.Contains("guid", StringComparison.Ordinal) ? "01234567-89ab-7cde-8f01-23456789abcd"
            : rules.Contains("1990", StringComparison.Ordinal) ? "2015"
            : rules.Contains("int", StringComparison.Ordinal) ? "7"
            : Nobody;
    }

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Rule();
}
