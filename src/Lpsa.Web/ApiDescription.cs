using Lpsa.Platform;
using Microsoft.OpenApi;

namespace Lpsa;

/// <summary>The description of the API at <c>/api/openapi.json</c>, made from the endpoints themselves.</summary>
internal static class ApiDescription
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services, PlatformOptions options) =>
        services.AddOpenApi(api =>
        {
            api.ShouldInclude = endpoint =>
                endpoint.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) ?? false;
            api.AddDocumentTransformer(
                (document, _, _) =>
                {
                    document.Info = new OpenApiInfo
                    {
                        Title = "Decentralization.Net",
                        Version = "v1",
                        Description = "Posts, places, terms and data of the Local Public Sector Alliance, as JSON.",
                    };
                    // The generator would take the host that the request names, which a stranger can choose.
                    document.Servers = [new OpenApiServer { Url = options.Url.GetLeftPart(UriPartial.Authority) }];
                    return Task.CompletedTask;
                }
            );
        });
}
