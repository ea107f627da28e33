using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>Addresses for machines that look after the site: balancers, crawlers, people who found a hole.</summary>
internal static class Operations
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Health(true, []));
        app.MapGet("/health/ready", Ready);
        app.MapGet("/robots.txt", Robots);
        app.MapGet("/.well-known/security.txt", Security);
        app.MapGet("/sitemap.xml", SitemapFile.Whole);
        app.MapGet("/sitemap-{part:int}.xml", SitemapFile.Part);
    }

    /// <summary>Ready means: this node can answer. Names of what fails are for the operator, so no detail goes out.</summary>
    private static async Task<IResult> Ready(
        DatabaseSettings database,
        ModuleRegistry modules,
        ILogger<ModuleRegistry> log,
        CancellationToken cancel
    )
    {
        var (reachable, migrated) = (false, false);
        try
        {
            await using var connection = Connections.Open(database);
            var missing = await SchemaMigrator.Missing(connection, SchemaFile.EmbeddedIn(modules.Assemblies), cancel);
            (reachable, migrated) = (true, missing.Count == 0);
        }
        catch (System.Data.Common.DbException down)
        {
            log.LogWarning(down, "The database cannot be reached");
        }
        return Health(
            reachable && migrated,
            new() { ["database"] = reachable ? "ok" : "down", ["schema"] = migrated ? "ok" : "behind" }
        );
    }

    private static IResult Health(bool good, Dictionary<string, string> checks)
    {
        checks["status"] = good ? "ok" : "down";
        return new HealthResult(
            JsonSerializer.Serialize(checks),
            good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }

    private static TextResult Robots(SiteAddress site) =>
        TextResult
            .Of(
                $"""
                User-agent: *
                Disallow: /admin/
                Disallow: /account
                Disallow: /sign-in
                Disallow: /search
                Disallow: /dev/

                Sitemap: {site.Absolute("/sitemap.xml")}

                """,
                "text/plain; charset=utf-8"
            )
            .Tagged("robots");

    /// <summary>RFC 9116. The date is a year ahead of the start of this month, so that the text is stable within one.</summary>
    private static TextResult Security(SiteAddress site, SiteSettings settings, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var expires = new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(11);
        // A file without Contact is invalid; RFC 2142 reserves this mailbox for the purpose.
        var contact = settings[ContactSetting] is { Length: > 0 } chosen ? chosen : "security@" + site.Origin.Host;
        return TextResult.Of(
            $"""
            Contact: {(contact.Contains('@') ? "mailto:" + contact : contact)}
            Expires: {expires:yyyy-MM-ddTHH:mm:ssZ}
            Preferred-Languages: en, fr
            Canonical: {site.Absolute("/.well-known/security.txt")}

            """,
            "text/plain; charset=utf-8"
        );
    }

    public const string ContactSetting = "site.security-contact";

    public static readonly Setting Contact = new(
        ContactSetting,
        "Contact for security reports",
        "An e-mail address or an https address, published in security.txt. Empty: security@ and the site's domain.",
        "",
        value =>
            value == ""
            || value.Contains('@') && !value.Any(char.IsWhiteSpace)
            || Uri.TryCreate(value, UriKind.Absolute, out var page) && page.Scheme == "https"
                ? null
                : Sentence.Of("Enter an e-mail address or an address that starts with https://.")
    );

    private sealed class HealthResult(string json, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = status;
            http.Response.Headers.CacheControl = "no-store";
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(json, http.RequestAborted);
        }
    }
}
