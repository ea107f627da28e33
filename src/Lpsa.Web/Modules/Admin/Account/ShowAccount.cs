using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>A person's own page: name, where they are signed in, everything we hold about them.</summary>
public static class ShowAccount
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/account").RequiresSignIn();
        own.MapGet("", Get);
        own.MapPost("/name", Rename);
        own.MapPost("/sessions", EndSessions);
        own.MapGet("/data.json", Export);
    }

    public sealed record Model(
        string Email,
        IReadOnlyList<OwnRole> Roles,
        IReadOnlyList<OwnSession> Sessions,
        bool HasPassword,
        int Passkeys,
        bool HasSecondFactor,
        IReadOnlyList<OwnService> Services,
        Form<NameInput> Name
    );

    /// <summary>A service to sign in through: connected already, or offered.</summary>
    public sealed record OwnService(string Code, string Name, bool IsConnected);

    /// <param name="Scope">What it is limited to, in words; null: everything.</param>
    public sealed record OwnRole(string Role, string? Scope, DateTime? Until);

    public sealed record OwnSession(Guid Id, string Device, DateTime StartedAt, bool IsThis);

    public sealed record NameInput
    {
        [Required(ErrorMessage = "Enter your name."), StringLength(120)]
        [PersonName(ErrorMessage = "Write each word of the name in one alphabet, without hidden signs.")]
        public string Name { get; init; } = "";
    }

    public sealed record EndInput
    {
        /// <summary>Empty: all but this one.</summary>
        public Guid? Id { get; init; }
    }

    static async Task<IResult> Get(HttpContext http, PlatformDb db, CancellationToken cancel) =>
        ShowAccountPage.View(await Load(http, db, null, cancel));

    static async Task<IResult> Rename(Form<NameInput> form, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        var viewer = http.Viewer();
        if (form.Value is not { } input)
            return ShowAccountPage.View(await Load(http, db, form, cancel), StatusCodes.Status422UnprocessableEntity);
        var account = await db.Set<Account>().SingleAsync(a => a.Id == viewer.AccountId, cancel);
        account.Rename(input.Name);
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/account").Saying("Your name was changed.");
    }

    static async Task<IResult> EndSessions(
        Form<EndInput> form,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var (viewer, id) = (http.Viewer(), form.Value?.Id);
        // The account stands in the condition: another person's session and one that does not exist are the same.
        var ended = await db.Set<Session>()
            .Where(s => s.AccountId == viewer.AccountId && (id == null ? s.Id != viewer.SessionId : s.Id == id))
            .ExecuteDeleteAsync(cancel);
        return Redirect
            .To("/account")
            .Saying(
                ended == 0 ? Sentence.Of("There was nothing to end.") : Sentence.Of("Those devices are signed out.")
            );
    }

    static async Task<IResult> Export(HttpContext http, PlatformDb db, ModuleRegistry modules, CancellationToken cancel)
    {
        var account = http.Viewer().AccountId!.Value;
        var all = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var hook in modules.PersonalData)
            if (await hook.Export(db, account, cancel) is { } held)
                all[hook.Name] = held;
        return TextResult
            .Of(JsonSerializer.Serialize(all, Readable), "application/json; charset=utf-8")
            .Named("my-data.json");
    }

    private static async Task<Model> Load(
        HttpContext http,
        PlatformDb db,
        Form<NameInput>? form,
        CancellationToken cancel
    )
    {
        var (now, viewer) = (db.Now, http.Viewer());
        var connected = await db.Set<ExternalLogin>()
            .Where(l => l.AccountId == viewer.AccountId)
            .Select(l => l.Service)
            .ToListAsync(cancel);
        var services = http.RequestServices.GetRequiredService<ExternalSignIn>().Services;
        var scopes = http.RequestServices.GetRequiredService<Scopes>();
        var account = await db.Set<Account>()
            .AsNoTracking()
            .Where(a => a.Id == viewer.AccountId)
            .Select(a => new
            {
                a.Email,
                a.Name,
                Roles = a
                    .Roles.Where(r => r.Until == null || r.Until > now)
                    .OrderBy(r => r.Role)
                    .Select(r => new OwnRole(r.Role, r.Scope, r.Until))
                    .ToList(),
            })
            .SingleAsync(cancel);
        var sessions = await db.Set<Session>()
            .Where(s => s.AccountId == viewer.AccountId && s.ExpiresAt > now)
            .OrderByDescending(s => s.StartedAt)
            .Select(s => new OwnSession(s.Id, s.Device, s.StartedAt, s.Id == viewer.SessionId))
            .ToListAsync(cancel);
        return new Model(
            account.Email,
            [.. account.Roles.Select(r => r with { Scope = scopes.LabelOf(r.Scope!, http.Texts()) })],
            sessions,
            await db.Set<Password>().AnyAsync(p => p.AccountId == viewer.AccountId, cancel),
            await db.Set<Passkey>().CountAsync(p => p.AccountId == viewer.AccountId, cancel),
            await SecondFactor.IsOn(db, viewer.AccountId!.Value, cancel),
            [.. services.Select(s => new OwnService(s.Code, s.Name, connected.Contains(s.Code)))],
            form ?? Form<NameInput>.Of(new NameInput { Name = account.Name })
        );
    }
}
