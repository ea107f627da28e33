using Lpsa.Members;
using Lpsa.Organisations;
using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Lpsa;

/// <summary>The content of a demonstration: real items, invented people.</summary>
internal static class Demo
{
    /// <summary>Accounts of the demonstration; none of them is a real person.</summary>
    private static readonly IReadOnlyList<(string Email, string Name, string Role)> People =
    [
        ("amara.okonjo@demo.example", "Amara Okonjo", Roles.Administrator),
        ("lucia.ferreyra@demo.example", "Lucía Ferreyra", Roles.Editor),
        ("tenzin.gurung@demo.example", "Tenzin Gurung", Roles.Contributor),
        ("salma.haddad@demo.example", "Salma Haddad", Roles.Member),
    ];

    /// <summary>For a server that starts: loads when nothing has been loaded yet, and says how to look around.</summary>
    public static async Task LoadOnce(IServiceProvider services, TextWriter output, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        if (!await db.Set<SiteSetting>().AnyAsync(s => s.Key == DevMailbox.DemoSetting, cancel))
        {
            var report = await Load(scope.ServiceProvider, cancel);
            await output.WriteLineAsync($"Loaded {report.Taken} posts for the demonstration.");
        }
        var site = scope.ServiceProvider.GetRequiredService<SiteAddress>();
        await output.WriteLineAsync(
            $"Sign in as {People[1].Email} (editor) or {People[0].Email} (administrator); the link arrives at {site.Absolute("/dev/mail")}."
        );
    }

    public static async Task<ImportReport> Load(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>();
        var report = await services
            .GetRequiredService<ImportPosts>()
            .Read("lpsa-posts.json", Shipped("lpsa-posts.json"), cancel);
        report.Add(await services.GetRequiredService<ImportExplainers>().Read(ImportExplainers.Shipped(), cancel));
        foreach (var (email, name, role) in People)
        {
            var key = Account.KeyOf(email);
            if (await db.Set<Account>().AnyAsync(a => a.EmailKey == key, cancel))
                continue;
            var account = Account.Open(email, name, db.Now);
            account.Grant(role);
            db.Add(account);
        }
        if (!await db.Set<SiteSetting>().AnyAsync(s => s.Key == DevMailbox.DemoSetting, cancel))
            db.Add(SiteSetting.Of(DevMailbox.DemoSetting, "true"));
        // The invented people have no telephones, and everybody may read their mail.
        if (!await db.Set<SiteSetting>().AnyAsync(s => s.Key == SecondFactor.Setting, cancel))
            db.Add(SiteSetting.Of(SecondFactor.Setting, "off"));
        await db.SaveChangesAsync(cancel);
        await DemoMembers.Load(db, services.GetRequiredService<IVocabulary>(), cancel);
        await DemoOrganisations.Load(db, services, cancel);
        return report;
    }

    private static string Shipped(string name)
    {
        using var reader = new StreamReader(typeof(Demo).Assembly.GetManifestResourceStream("data/" + name)!);
        return reader.ReadToEnd();
    }
}
