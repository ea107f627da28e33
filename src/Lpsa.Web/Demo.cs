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
        await db.SaveChangesAsync(cancel);
        return report;
    }

    private static string Shipped(string name)
    {
        using var reader = new StreamReader(typeof(Demo).Assembly.GetManifestResourceStream("data/" + name)!);
        return reader.ReadToEnd();
    }
}
