using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>One account: its roles, for ever or until a day, and closing it.</summary>
public static class EditUser
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var user = pages.MapGroup("/admin/users/{id:guid}").Requires(AdminPermissions.Accounts);
        user.MapGet("", Get);
        // Whoever finds an open screen of an administrator must not be able to make themselves one.
        var acts = user.MapGroup("").RequiresFreshSignIn();
        acts.MapPost("/grant", Grant);
        acts.MapPost("/withdraw", Withdraw);
        acts.MapPost("/reset-second-step", ResetSecondStep);
        acts.MapPost("/close", Close);
        acts.MapPost("/reopen", Reopen);
    }

    /// <param name="Scope">As stored; <paramref name="ScopeLabel"/> is null for everything.</param>
    public sealed record Role(string Name, string Scope, string? ScopeLabel, DateTime? Until, bool IsOver);

    public sealed record Model(
        Guid Id,
        string Name,
        string Email,
        DateTime CreatedAt,
        DateTime? ClosedAt,
        IReadOnlyList<Role> Roles,
        int Devices,
        bool IsSelf,
        bool IsErased,
        AddressChange? Move,
        IReadOnlyList<Choice> Scopes,
        Form<GrantInput> Grant
    );

    public sealed record GrantInput
    {
        [Required(ErrorMessage = "Choose one of the options.")]
        public string Role { get; init; } = "";

        /// <summary>A <see cref="RoleScope"/> as text; empty: everything.</summary>
        public string Scope { get; init; } = "";

        /// <summary>Last day, in UTC; the role ends when the day does.</summary>
        public DateOnly? Until { get; init; }
    }

    public sealed record WithdrawInput
    {
        public string Role { get; init; } = "";
        public string Scope { get; init; } = "";
    }

    static async Task<IResult> Get(Guid id, HttpContext http, PlatformDb db, CancellationToken cancel) =>
        await Load(id, http, db, Form<GrantInput>.Of(new GrantInput()), cancel) is { } model
            ? EditUserPage.View(model)
            : Results.NotFound();

    static async Task<IResult> Grant(
        Guid id,
        Form<GrantInput> form,
        HttpContext http,
        PlatformDb db,
        RoleChange change,
        Scopes scopes,
        CancellationToken cancel
    )
    {
        var scope = ScopeOf(form.Text(nameof(GrantInput.Scope)));
        if (form.Value is { } typed && !Roles.All.Contains(typed.Role))
            form.With("Role", "Choose one of the options.");
        else if (form.Value is not null && (scope is null || !scopes.Exists(scope.Value, http.Texts())))
            form.With("Scope", "Choose one of the options.");
        else if (form.Value is { } limited && !scope!.Value.IsEverything && !Roles.Scopable.Contains(limited.Role))
            form.With("Scope", "This role cannot be limited.");
        else if (form.Value?.Until is { } day && day < DateOnly.FromDateTime(db.Now))
            form.With("Until", "This day is past.");
        if (form.Value is not { } input)
            return await Load(id, http, db, form, cancel) is { } again
                ? EditUserPage.View(again, StatusCodes.Status422UnprocessableEntity)
                : Results.NotFound();
        // A date on one's own administrator role would lock the last administrator out on that day.
        if (input is { Role: Roles.Administrator, Until: not null } && id == http.Viewer().AccountId)
            return Redirect
                .To("/admin/users/" + id)
                .Saying("Another administrator must do this, so that nobody locks themselves out.");
        if (await Find(id, db, cancel) is not { } account)
            return Results.NotFound();
        var until = input.Until?.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        if (account.Grant(input.Role, until, scope))
            await change.Save(db, account, http.Viewer().SessionId, http.Texts().Language, cancel);
        return Redirect.To("/admin/users/" + id).Saying("The role was given.");
    }

    static async Task<IResult> Withdraw(
        Guid id,
        Form<WithdrawInput> form,
        HttpContext http,
        PlatformDb db,
        RoleChange change,
        CancellationToken cancel
    )
    {
        if (form.Value is not { } input || await Find(id, db, cancel) is not { } account)
            return Results.NotFound();
        if (input.Role == Roles.Administrator && id == http.Viewer().AccountId)
            return Redirect
                .To("/admin/users/" + id)
                .Saying("Another administrator must do this, so that nobody locks themselves out.");
        if (account.Withdraw(input.Role, ScopeOf(input.Scope)))
            await change.Save(db, account, http.Viewer().SessionId, http.Texts().Language, cancel);
        return Redirect.To("/admin/users/" + id).Saying("The role was taken away.");
    }

    private static RoleScope? ScopeOf(string typed) => typed.Length == 0 ? RoleScope.Everything : RoleScope.Read(typed);

    /// <summary>For somebody who lost telephone and recovery codes; they must have proved who they are elsewhere.</summary>
    static async Task<IResult> ResetSecondStep(
        Guid id,
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        if (await Find(id, db, cancel) is null)
            return Results.NotFound();
        await SecondFactor.Reset(db, id, cancel);
        await change.Save(
            db,
            id,
            http.Viewer().SessionId,
            Sentence.Of("An administrator took away the second step of signing in and all passkeys."),
            http.Texts().Language,
            cancel
        );
        return Redirect.To("/admin/users/" + id).Saying("The second step and all passkeys were taken away.");
    }

    static async Task<IResult> Close(Guid id, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } account)
            return Results.NotFound();
        if (id == http.Viewer().AccountId)
            return Redirect
                .To("/admin/users/" + id)
                .Saying("Another administrator must do this, so that nobody locks themselves out.");
        account.Close(db.Now);
        await db.SaveChangesAsync(cancel);
        await CredentialChange.EndSessions(db, id, null, cancel);
        return Redirect.To("/admin/users/" + id).Saying("The account is closed and signed out everywhere.");
    }

    static async Task<IResult> Reopen(Guid id, PlatformDb db, CancellationToken cancel)
    {
        if (
            await Find(id, db, cancel) is not { ClosedAt: not null } account
            || await db.Set<ErasedAccount>().AnyAsync(e => e.Id == id, cancel)
        )
            return Results.NotFound();
        account.Reopen();
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/users/" + id).Saying("The account is open again.");
    }

    private static Task<Platform.Account?> Find(Guid id, PlatformDb db, CancellationToken cancel) =>
        db.Set<Platform.Account>().Include(a => a.Roles).SingleOrDefaultAsync(a => a.Id == id, cancel);

    private static async Task<Model?> Load(
        Guid id,
        HttpContext http,
        PlatformDb db,
        Form<GrantInput> form,
        CancellationToken cancel
    )
    {
        var (now, viewer, texts) = (db.Now, http.Viewer(), http.Texts());
        var scopes = http.RequestServices.GetRequiredService<Scopes>();
        var choices = scopes.All(texts);
        var move = await AddressChanges.Pending(db, id, cancel);
        var isErased = await db.Set<ErasedAccount>().AnyAsync(e => e.Id == id, cancel);
        var devices = await db.Set<Session>().CountAsync(s => s.AccountId == id && s.ExpiresAt > now, cancel);
        var account = await db.Set<Platform.Account>()
            .AsNoTracking()
            .Include(a => a.Roles)
            .SingleOrDefaultAsync(a => a.Id == id, cancel);
        return account is null
            ? null
            : new Model(
                id,
                account.Name,
                account.Email,
                account.CreatedAt,
                account.ClosedAt,
                [
                    .. account
                        .Roles.OrderBy(r => r.Role, StringComparer.Ordinal)
                        .ThenBy(r => r.Scope, StringComparer.Ordinal)
                        .Select(r => new Role(
                            r.Role,
                            r.Scope,
                            scopes.LabelOf(r.Scope, texts),
                            r.Until,
                            r.Until <= now
                        )),
                ],
                devices,
                id == viewer.AccountId,
                isErased,
                move,
                choices,
                form
            );
    }
}
