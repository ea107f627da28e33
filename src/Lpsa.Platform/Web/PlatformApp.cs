using System.Diagnostics;
using System.Reflection;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Platform;

/// <summary>Puts the platform together: services, then the road that a request takes.</summary>
public static class PlatformApp
{
    /// <summary>Rate limit for forms that send mail or try secrets: forty a minute from one address, so that a workshop
    /// behind one router can sign in together. What stops guessing is <see cref="SignInLimits"/>.</summary>
    public const string CautiousLimit = "cautious";

    private const long CacheBytes = 24 * 1024 * 1024;

    /// <param name="product">Assembly with <c>wwwroot</c> and <c>i18n</c>.</param>
    public static IServiceCollection AddPlatform(
        this IServiceCollection services,
        PlatformOptions options,
        Assembly product,
        params IEnumerable<Module> modules
    )
    {
        var builder = new ModuleBuilder(services);
        new PlatformModule().Configure(builder);
        foreach (var module in modules)
            module.Configure(builder);
        var site = new SiteAddress(options.Url, "Decentralization.Net");

        // First of all hosted services: the next one, of data protection, already reads a table.
        services.AddHostedService<Migration>();
        services.AddSingleton(options);
        services.AddSingleton(new ModuleRegistry(builder));
        services.AddSingleton(site);
        services.AddSingleton(Texts.Load(product));
        services.AddSingleton(new Assets(product));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SiteSettings>();
        services.AddSingleton<SearchIndex>();
        services.AddSingleton(new PngWriter());
        services.AddSingleton<JobQueue>();
        services.AddSingleton<FileStore>();
        services.AddSingleton<PrivateFiles>();
        services.AddSingleton<FileUpload>();
        services.AddSingleton<Thumbnails>();
        services.AddSingleton<Erasure>();
        services.AddSingleton<Backup>();
        services.AddSingleton<Restore>();
        services.AddSingleton<Checkup>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<PageEviction>();
        services.AddPlatformDb(options.Database);
        if (options.Database.Kind == DatabaseKind.Postgres)
        {
            services.AddSingleton<PostgresNotifier>();
            services.AddSingleton<INotifier>(s => s.GetRequiredService<PostgresNotifier>());
        }
        else
        {
            services.AddSingleton<INotifier, LocalNotifier>();
        }

        services.AddSignIn(site);
        services.AddDataProtection().SetApplicationName("lpsa");
        services.AddSingleton<ProtectionKeyStore>();
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<ProtectionKeyStore>((keys, store) => keys.XmlRepository = store);
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "lpsa-form";
            o.FormFieldName = "_token";
            o.SuppressXFrameOptionsHeader = true;
        });
        services.AddOutputCache(o =>
        {
            o.AddBasePolicy(new PageCache());
            // Otherwise /countries/KEN is answered with the kept page of /countries/ken instead of its redirect.
            o.UseCaseSensitivePaths = true;
            o.SizeLimit = CacheBytes;
            o.MaximumBodySize = 1024 * 1024;
        });
        services.AddRateLimiter(o =>
        {
            o.AddPolicy(
                CautiousLimit,
                http =>
                    RateLimitPartition.GetFixedWindowLimiter(
                        http.Connection.RemoteIpAddress?.ToString() ?? "",
                        _ => new FixedWindowRateLimiterOptions { PermitLimit = 40, Window = TimeSpan.FromMinutes(1) }
                    )
            );
            o.OnRejected = (rejected, _) =>
                new ValueTask(
                    ErrorPage
                        .View(ErrorModel.TooMany, StatusCodes.Status429TooManyRequests)
                        .ExecuteAsync(rejected.HttpContext)
                );
        });
        return services;
    }

    /// <summary>Adds what a server does beside answering: run jobs, listen to the other nodes.</summary>
    public static IServiceCollection AddPlatformWorkers(this IServiceCollection services, PlatformOptions options)
    {
        services.AddHostedService(s => s.GetRequiredService<JobRunner>());
        if (options.OtlpEndpoint is not null)
            services.AddHostedService<TelemetryExport>();
        if (options.Database.Kind == DatabaseKind.Postgres)
            services.AddHostedService(s => s.GetRequiredService<PostgresNotifier>());
        return services;
    }

    public static WebApplication UsePlatform(this WebApplication app)
    {
        var services = app.Services;
        var (site, options) = (
            services.GetRequiredService<SiteAddress>(),
            services.GetRequiredService<PlatformOptions>()
        );
        services.GetRequiredService<PageEviction>();

        app.UseSecurityHeaders(site);
        app.UseRequestShape(site);
        app.UseHead();
        app.UseAssets(services.GetRequiredService<Assets>());
        app.UseLanguages(
            options.Languages,
            services.GetRequiredService<System.Collections.Frozen.FrozenDictionary<string, Texts>>()
        );
        app.UseOutputCache();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions { ExceptionHandler = ShowFault, SuppressDiagnosticsCallback = _ => false }
        );
        app.UseStatusCodePages(context => ShowStatus(context.HttpContext));
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseGate(site);
        app.UseRaceRetry();

        var modules = services.GetRequiredService<ModuleRegistry>();
        var pages = app.MapGroup("");
        foreach (var map in modules.Pages)
            map(pages);
        var api = app.MapGroup("/api/v1").WithMetadata(new AnyOrigin());
        foreach (var map in modules.Api)
            map(api);
        var feeds = app.MapGroup("");
        foreach (var map in modules.Feeds)
            map(feeds);
        Operations.Map(feeds);
        return app;
    }

    private static Task ShowFault(HttpContext http)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (fault is BadHttpRequestException { StatusCode: var status })
            return ErrorPage.View(ErrorModel.BadRequest, status).ExecuteAsync(http);
        // A form that cannot be read, such as one with NUL in it, is the sender's mistake; where a token is looked for in
        // the form, the fault comes wrapped.
        if (
            http.Request.HasFormContentType
            && (fault is InvalidDataException || fault?.InnerException is InvalidDataException)
        )
            return ErrorPage.View(ErrorModel.BadRequest, StatusCodes.Status400BadRequest).ExecuteAsync(http);
        var reference = Activity.Current?.TraceId.ToString()[..12] ?? http.TraceIdentifier;
        return ErrorPage.View(ErrorModel.Fault(reference), StatusCodes.Status500InternalServerError).ExecuteAsync(http);
    }

    private static async Task ShowStatus(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/api"))
            await Results.Problem(statusCode: http.Response.StatusCode).ExecuteAsync(http);
        else if (http.Response.StatusCode != StatusCodes.Status404NotFound)
            await ErrorPage.View(ErrorModel.BadRequest, http.Response.StatusCode).ExecuteAsync(http);
        else if (await NewAddress(http) is { } target)
            http.Response.Redirect(PageContext.In(http.Texts().Language, LocalPath.Of(target)), permanent: true);
        else
            await ErrorPage.View(ErrorModel.NotFound, StatusCodes.Status404NotFound).ExecuteAsync(http);
    }

    /// <summary>Where the content of an address that nothing answers is now; null when it never was here.</summary>
    private static async Task<string?> NewAddress(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            return null;
        var path = OldAddress.Normal(http.Request.Path.Value!);
        var withQuery = OldAddress.Normal(http.Request.Path.Value! + http.Request.QueryString);
        return await http
            .RequestServices.GetRequiredService<PlatformDb>()
            .Set<OldAddress>()
            .AsNoTracking()
            .Where(r => r.Path == path || r.Path == withQuery)
            .OrderByDescending(r => r.Path.Length)
            .Select(r => r.Target)
            .FirstOrDefaultAsync(http.RequestAborted);
    }
}

/// <summary>Brings the schema up to date before anything else runs.</summary>
public sealed class Migration(
    PlatformOptions options,
    ModuleRegistry modules,
    TimeProvider clock,
    ILogger<Migration> log
) : IHostedService
{
    public async Task StartAsync(CancellationToken cancel)
    {
        foreach (var name in await Apply(options.Database, modules, clock, cancel))
            log.LogInformation("Applied schema file {File}", name);
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public static async Task<IReadOnlyList<string>> Apply(
        DatabaseSettings database,
        ModuleRegistry modules,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        await using var connection = Connections.Open(database);
        if (database.Kind == DatabaseKind.Sqlite)
            Directory.CreateDirectory(Path.GetDirectoryName(connection.DataSource)!);
        return await SchemaMigrator.Apply(
            connection,
            database.Kind,
            SchemaFile.EmbeddedIn(modules.Assemblies),
            clock.GetUtcNow().UtcDateTime,
            cancel
        );
    }
}
