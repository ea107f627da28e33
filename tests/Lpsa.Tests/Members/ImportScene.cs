using System.IO.Compression;
using System.Text;
using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>Files of invented people, as other programs write them, and what became of them.</summary>
internal static class ImportScene
{
    public const string Subscribed = """"
        "Email Address","First Name","Last Name",Organization,Country,"Areas of interest",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS
        amina@example.org,Amina,Otieno,"County of Kisumu",Kenya,"Health, Education",4,"2019-03-01 09:00:00",203.0.113.7,"2019-03-01 09:05:00",203.0.113.7,0.1,34.7,3,3,Africa/Nairobi,KE,KSM,"2024-01-01 00:00:00",101,abc,,"""Fiscal decentralization"",""Workshop 2018, Nairobi"""
        bruno@example.org,Bruno,Dias,,,,2,"2020-05-05 10:00:00",198.51.100.9,"2020-05-05 10:00:00",198.51.100.9,,,,,,BR,,"2024-01-01 00:00:00",102,abd,,
        """";

    public const string Unsubscribed = """
        "Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LEID,EUID,NOTES,TAGS
        carla@example.org,Carla,Neves,2,"2018-01-01 00:00:00",,"2018-01-01 00:00:00",,"2021-06-01 08:00:00","June letter",c1,"NORMAL (No reason given)",,103,abe,,
        """;

    public const string Cleaned = """
        "Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID,NOTES,TAGS
        dead@example.org,Dede,Mort,1,"2017-01-01 00:00:00",,"2017-01-01 00:00:00",,"2020-02-01 08:00:00","February letter",c2,104,abf,,
        """;

    public static Task<TestPlatform> Start() => TestPlatform.Start(new PlacesModule(), new MembersModule());

    public static Task<MemberImportReport> Take(
        this TestPlatform site,
        string name,
        string text,
        MemberImportChoices? choices = null,
        Action<MemberDifference>? tell = null
    ) => site.Take(name, Encoding.UTF8.GetBytes(text), choices, tell);

    public static async Task<MemberImportReport> Take(
        this TestPlatform site,
        string name,
        byte[] file,
        MemberImportChoices? choices = null,
        Action<MemberDifference>? tell = null
    )
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<ImportMembers>()
            .Run(name, () => new MemoryStream(file), choices ?? new(), tell ?? (_ => { }), CancellationToken.None);
    }

    public static async Task<byte[]> Written(this TestPlatform site, MemberExportFormat format, bool asArchive = false)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var output = new MemoryStream();
        await scope
            .ServiceProvider.GetRequiredService<ExportMembers>()
            .Write(output, format, asArchive, CancellationToken.None);
        return output.ToArray();
    }

    public static byte[] Archive(params (string Name, string Text)[] parts)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
            foreach (var (name, text) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        return file.ToArray();
    }

    public static byte[] Audience() =>
        Archive(
            ("subscribed_members_export_1.csv", Subscribed),
            ("unsubscribed_members_export_1.csv", Unsubscribed),
            ("cleaned_members_export_1.csv", Cleaned)
        );

    public static Task<Dictionary<string, (Account Account, Member Member)>> People(this TestPlatform site) =>
        site.Db(async db =>
        {
            var accounts = await db.Set<Account>().ToDictionaryAsync(a => a.Id);
            var members = await db.Set<Member>().Include(m => m.Interests).Include(m => m.Periods).ToListAsync();
            return members.ToDictionary(m => accounts[m.Id].EmailKey, m => (accounts[m.Id], m));
        });

    public static Task<int> Count<T>(this TestPlatform site)
        where T : class => site.Db(db => db.Set<T>().CountAsync());
}
