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
        user.MapPost("/grant", Grant);
        user.MapPost("/withdraw", Withdraw);
        user.MapPost("/reset-second-step", ResetSecondStep);
        user.MapPost("/close", Close);
    }

    public sealed record Role(string Name, DateTime? Until, bool IsOver);

    public sealed record Model(
        Guid Id,
        string Name,
        string Email,
        DateTime CreatedAt,
        DateTime? ClosedAt,
        IReadOnlyList<Role> Roles,
        int Devices,
        bool IsSelf,
        Form<GrantInput> Grant
    );

    public sealed record GrantInput
    {
        [Required(ErrorMessage = "Choose one of the options.")]
        public string Role { get; init; } = "";

        /// <summary>Last day, in UTC; the role ends when the day does.</summary>
        public DateOnly? Until { get; init; }
    }

    public sealed record WithdrawInput
    {
        public string Role { get; init; } = "";
    }

    static async Task<IResult> Get(Guid id, HttpContext http, PlatformDb db, CancellationToken cancel) =>
        await Load(id, http.Viewer(), db, Form<GrantInput>.Of(new GrantInput()), cancel) is { } model
            ? EditUserPage.View(model)
            : Results.NotFound();

    static async Task<IResult> Grant(
        Guid id,
        Form<GrantInput> form,
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        if (form.Value is { } typed && !Roles.All.Contains(typed.Role))
            form.With("Role", "Choose one of the options.");
        else if (form.Value?.Until is { } day && day < DateOnly.FromDateTime(db.Now))
            form.With("Until", "This day is past.");
        if (form.Value is not { } input)
            return await Load(id, http.Viewer(), db, form, cancel) is { } again
                ? EditUserPage.View(again, StatusCodes.Status422UnprocessableEntity)
                : Results.NotFound();
        // A date on one's own administrator role would lock the last administrator out on that day.
        if (input is { Role: Roles.Administrator, Until: not null } && id == http.Viewer().AccountId)
            return Redirect
                .To("/admin/users/" + id)
                .Saying("Another administrator must do this, so that nobody locks themselves out.");
        if (await Find(id, db, cancel) is not { } account)
            return Results.NotFound();
        account.Grant(input.Role, input.Until?.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        await SaveRoles(account, http, db, change, cancel);
        return Redirect.To("/admin/users/" + id).Saying("The role was given.");
    }

    static async Task<IResult> Withdraw(
        Guid id,
        Form<WithdrawInput> form,
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        if (form.Value is not { } input || await Find(id, db, cancel) is not { } account)
            return Results.NotFound();
        if (input.Role == Roles.Administrator && id == http.Viewer().AccountId)
            return Redirect
                .To("/admin/users/" + id)
                .Saying("Another administrator must do this, so that nobody locks themselves out.");
        account.Withdraw(input.Role);
        await SaveRoles(account, http, db, change, cancel);
        return Redirect.To("/admin/users/" + id).Saying("The role was taken away.");
    }

    /// <summary>A changed role ends the person's sessions, so that none goes on with what it may no longer do.</summary>
    private static async Task SaveRoles(
        Platform.Account account,
        HttpContext http,
        PlatformDb db,
        CredentialChange change,
        CancellationToken cancel
    )
    {
        if (db.ChangeTracker.HasChanges())
            await change.Save(
                db,
                account.Id,
                http.Viewer().SessionId,
                Sentence.Of("An administrator changed your roles."),
                http.Texts().Language,
                cancel
            );
    }

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

    private static Task<Platform.Account?> Find(Guid id, PlatformDb db, CancellationToken cancel) =>
        db.Set<Platform.Account>().Include(a => a.Roles).SingleOrDefaultAsync(a => a.Id == id, cancel);

    private static async Task<Model?> Load(
        Guid id,
        Viewer viewer,
        PlatformDb db,
        Form<GrantInput> form,
        CancellationToken cancel
    )
    {
        var now = db.Now;
        var devices = await db.Set<Session>().CountAsync(s => s.AccountId == id && s.ExpiresAt > now, cancel);
        return await db.Set<Platform.Account>()
            .AsNoTracking()
            .Where(a => a.Id == id)
            .Select(a => new Model(
                a.Id,
                a.Name,
                a.Email,
                a.CreatedAt,
                a.ClosedAt,
                a.Roles.OrderBy(r => r.Role)
                    .Select(r => new Role(r.Role, r.Until, r.Until != null && r.Until <= now))
                    .ToList(),
                devices,
                a.Id == viewer.AccountId,
                form
            ))
            .SingleOrDefaultAsync(cancel);
    }
}
