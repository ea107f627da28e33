using System.Collections.Frozen;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Lpsa.Admin;
using Lpsa.Places;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa;

/// <summary>The verbs of <c>./lpsa</c>. Exit 0 done, 1 done with rejected rows, 2 not done.</summary>
public static class CommandLine
{
    public const int Done = 0;
    public const int DoneWithRejects = 1;
    public const int NotDone = 2;

    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("Decentralization.Net, the platform of the Local Public Sector Alliance");
        root.Subcommands.Add(Serve());
        root.Subcommands.Add(Migrate());
        root.Subcommands.Add(User());
        root.Subcommands.Add(CareCommands.Backup());
        root.Subcommands.Add(CareCommands.Restore());
        root.Subcommands.Add(CareCommands.Check());
        root.Subcommands.Add(Reindex());
        root.Subcommands.Add(ImportCommands.Import());
        root.Subcommands.Add(ImportCommands.Demo());
        root.Subcommands.Add(MemberCommands.Export());
        try
        {
            return await root.Parse(args)
                .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception wrong) when (wrong is SettingException or SchemaException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return NotDone;
        }
    }

    private static Command Serve()
    {
        var command = new Command("serve", "Answer at LPSA_URL and run the jobs");
        var listen = new Option<string?>("--listen")
        {
            Description = "Address to listen at, such as http://127.0.0.1:5080",
        };
        var demo = new Option<bool>("--demo")
        {
            Description = "Load the demonstration content first, if it is not there",
        };
        command.Options.Add(listen);
        command.Options.Add(demo);
        command.SetAction(
            async (given, cancel) =>
            {
                await using var app = Product.Build(
                    Options(),
                    given.GetValue(listen),
                    builder => builder.Services.AddHostedService<SearchUpkeep>()
                );
                await app.StartAsync(cancel);
                if (given.GetValue(demo))
                    await Demo.LoadOnce(app.Services, Console.Out, cancel);
                Console.WriteLine($"Serving at {string.Join(", ", app.Urls)}. Stop with Ctrl+C.");
                await app.WaitForShutdownAsync(cancel);
                return Done;
            }
        );
        return command;
    }

    private static Command Migrate()
    {
        var command = new Command("migrate", "Bring the database up to the schema of this version");
        var json = CareCommands.Json();
        command.Options.Add(json);
        command.SetAction(
            async (given, cancel) =>
            {
                await using var offline = await Offline.Open(Options(), cancel);
                CareCommands.Say(
                    given.GetValue(json),
                    new { offline.Applied },
                    $"The database is up to date ({offline.Applied.Count} schema files applied now)."
                );
                return Done;
            }
        );
        return command;
    }

    private static Command Reindex()
    {
        var json = CareCommands.Json();
        var command = new Command("reindex", "Build the search index anew from everything public") { json };
        command.SetAction(
            async (given, cancel) =>
            {
                await using var offline = await Offline.Open(Options(), cancel);
                var index = offline.Services.GetRequiredService<SearchIndex>();
                var count = await index.Rebuild(offline.Db, cancel);
                CareCommands.Say(
                    given.GetValue(json),
                    new { Documents = count },
                    $"The search index holds {count} documents."
                );
                return Done;
            }
        );
        return command;
    }

    private static Command User()
    {
        var add = new Command("add", "Open an account, or change its role, and print a sign-in link that works once");
        var email = new Argument<string>("email");
        var role = new Option<string>("--role")
        {
            Description = string.Join(", ", Roles.All),
            DefaultValueFactory = _ => Roles.Member,
        };
        var name = new Option<string?>("--name");
        role.AcceptOnlyFromAmong([.. Roles.All]);
        add.Arguments.Add(email);
        add.Options.Add(role);
        add.Options.Add(name);
        var scope = new Option<string?>("--scope")
        {
            Description = "Limits the role to one thing, as KIND:ID, such as country:KGZ",
        };
        var country = new Option<string?>("--country") { Description = "The same as --scope country:CODE" };
        var until = new Option<DateOnly?>("--until")
        {
            Description = "Last day of the role in UTC, such as 2027-01-01; without it the role has no end",
            CustomParser = Day,
        };
        add.Options.Add(scope);
        add.Options.Add(country);
        add.Options.Add(until);
        var json = CareCommands.Json();
        add.Options.Add(json);
        add.SetAction(
            async (given, cancel) =>
            {
                await using var offline = await Offline.Open(Options(), cancel);
                var (db, typed) = (offline.Db, given.GetValue(email)!);
                var limited = given.GetValue(country) is { } code
                    ? CountryScope.Code + ":" + code.ToUpperInvariant()
                    : given.GetValue(scope);
                if (WrongScope(offline.Services, given.GetValue(role)!, limited) is { } wrong)
                {
                    await Console.Error.WriteLineAsync(wrong);
                    return NotDone;
                }
                var key = Account.KeyOf(typed);
                var account = await db.Set<Account>()
                    .Include(a => a.Roles)
                    .SingleOrDefaultAsync(a => a.EmailKey == key, cancel);
                if (account is null)
                    db.Add(account = Account.Open(typed, given.GetValue(name) ?? typed.Split('@')[0], db.Now));
                if (
                    account.Grant(
                        given.GetValue(role)!,
                        given.GetValue(until)?.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
                        limited is null ? null : RoleScope.Read(limited)
                    )
                )
                    await offline
                        .Services.GetRequiredService<RoleChange>()
                        .Save(db, account, null, Language.English, cancel);
                var (link, token) = SignInLink.Make(account.Id, db.Now);
                db.Add(link);
                await db.SaveChangesAsync(cancel);
                var address = offline.Site.Absolute(SignInLink.PathOf(token));
                CareCommands.Say(given.GetValue(json), new { Link = address }, address);
                return Done;
            }
        );
        var command = new Command("user", "Accounts");
        command.Subcommands.Add(add);
        return command;
    }

    private static DateOnly? Day(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        given.AddError($"--until takes a day such as 2027-01-01, not “{text}”");
        return null;
    }

    /// <returns>Why the role cannot be given with this scope; null when it can.</returns>
    private static string? WrongScope(IServiceProvider services, string role, string? scope)
    {
        if (scope is null)
            return null;
        var kinds = services.GetRequiredService<ModuleRegistry>().ScopeKinds;
        if (RoleScope.Read(scope) is not { } read)
            return $"--scope takes KIND:ID, such as country:KGZ, not “{scope}”";
        if (!read.IsEverything && !Roles.Scopable.Contains(role))
            return $"The role {role} cannot be limited. Those that can: {string.Join(", ", Roles.Scopable)}";
        if (!read.IsEverything && !kinds.Any(k => k.Code == read.Kind))
            return $"Nothing here is a {read.Kind}. Roles can be limited to: {string.Join(", ", kinds.Select(k => k.Code))}";
        var texts = services.GetRequiredService<FrozenDictionary<string, Texts>>()[Language.English.Code];
        return services.GetRequiredService<Scopes>().Exists(read, texts)
            ? null
            : $"There is no {read.Kind} with the code {read.Id}";
    }

    internal static PlatformOptions Options() => PlatformOptions.Read(Environment.GetEnvironmentVariable);
}
