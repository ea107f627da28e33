using Lpsa.Platform;

namespace Lpsa;

/// <summary>What this product is made of. The only list of modules: what is on is written here.</summary>
public static class Product
{
    public static IReadOnlyList<Module> Modules =>
        [
            new Home.HomeModule(),
            new Publishing.PublishingModule(),
            new Places.PlacesModule(),
            new Members.MembersModule(),
            new Organisations.OrganisationsModule(),
            new Finding.FindingModule(),
            new Admin.AdminModule(),
        ];

    /// <param name="listen">Addresses to serve at; null: those of the environment, or <c>http://127.0.0.1:5080</c>.</param>
    public static WebApplication Build(
        PlatformOptions options,
        string? listen = null,
        Action<WebApplicationBuilder>? adjust = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Lpsa.Web" });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (listen is not null || builder.Configuration["urls"] is null)
            builder.WebHost.UseUrls(listen ?? "http://127.0.0.1:5080");
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Lpsa", LogLevel.Information);
        // The keys lie in the database, whose protection is the operator's; the warning says so at every start.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddPlatform(options, typeof(Product).Assembly, Modules).AddPlatformWorkers(options);
        builder.Services.AddSingleton(MakeFrames);
        builder.Services.AddApiDescription(options);
        adjust?.Invoke(builder);
        var app = builder.Build();
        app.UsePlatform();
        app.MapOpenApi("/api/openapi.json").WithMetadata(new AnyOrigin());
        return app;
    }

    private static FrameFactory MakeFrames(IServiceProvider services)
    {
        var (modules, assets) = (services.GetRequiredService<ModuleRegistry>(), services.GetRequiredService<Assets>());
        var options = services.GetRequiredService<PlatformOptions>();
        return new FrameFactory(() => new Home.SiteFrame(modules, assets, options));
    }
}
