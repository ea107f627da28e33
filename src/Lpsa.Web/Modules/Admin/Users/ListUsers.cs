using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>All accounts, found by name or address; opening one for a colleague.</summary>
public static class ListUsers
{
    private const int RowsOnPage = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var users = pages.MapGroup("/admin/users").Requires(AdminPermissions.Accounts);
        users.MapGet("", Get);
        users.MapPost("", Open).RequiresFreshSignIn();
    }

    public sealed record Row(
        Guid Id,
        string Name,
        string Email,
        DateTime CreatedAt,
        DateTime? ClosedAt,
        IReadOnlyList<string> Roles
    );

    public sealed record Model(
        string Query,
        string Role,
        IReadOnlyList<Row> Rows,
        int Total,
        int Page,
        int Pages,
        Form<Input> New
    );

    public sealed record Input
    {
        [
            Required(ErrorMessage = "Enter an e-mail address such as name@example.org."),
            StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters."),
            EmailAddress(ErrorMessage = "Enter an e-mail address such as name@example.org.")
        ]
        public string Email { get; init; } = "";

        [Required(ErrorMessage = "Enter a name."), StringLength(120)]
        public string Name { get; init; } = "";
        public string Role { get; init; } = Roles.Member;
    }

    static async Task<IResult> Get(string? q, string? role, int? page, PlatformDb db, CancellationToken cancel) =>
        ListUsersPage.View(await Load(db, q?.Trim() ?? "", role ?? "", page ?? 1, Form<Input>.Of(new Input()), cancel));

    static async Task<IResult> Open(
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        RoleChange change,
        CancellationToken cancel
    )
    {
        if (form.Value is { } typed)
        {
            var key = Platform.Account.KeyOf(typed.Email);
            if (!Roles.All.Contains(typed.Role))
                form.With("Role", "Choose one of the options.");
            else if (await db.Set<Platform.Account>().AnyAsync(a => a.EmailKey == key, cancel))
                form.With("Email", "There is an account with this address already.");
        }
        if (form.Value is not { } input)
            return ListUsersPage.View(
                await Load(db, "", "", 1, form, cancel),
                StatusCodes.Status422UnprocessableEntity
            );
        var account = Platform.Account.Open(input.Email, input.Name, db.Now);
        account.Grant(input.Role);
        db.Add(account);
        await change.Save(db, account, null, http.Texts().Language, cancel);
        return Redirect
            .To("/admin/users/" + account.Id)
            .Saying("The account is open. Its owner can ask for a link to sign in.");
    }

    private static async Task<Model> Load(
        PlatformDb db,
        string query,
        string role,
        int page,
        Form<Input> form,
        CancellationToken cancel
    )
    {
        var (now, key) = (db.Now, query.ToLowerInvariant());
        var found = db.Set<Platform.Account>()
            .AsNoTracking()
            .Where(a => key == "" || a.EmailKey.Contains(key) || a.Name.ToLower().Contains(key))
            .Where(a => role == "" || a.Roles.Any(r => r.Role == role && (r.Until == null || r.Until > now)));
        var total = await found.CountAsync(cancel);
        var pages = Math.Max(1, (total + RowsOnPage - 1) / RowsOnPage);
        var number = Math.Clamp(page, 1, pages);
        var rows = await found
            .OrderBy(a => a.ClosedAt != null)
            .ThenBy(a => a.Name)
            .ThenBy(a => a.Id)
            .Skip((number - 1) * RowsOnPage)
            .Take(RowsOnPage)
            .Select(a => new Row(
                a.Id,
                a.Name,
                a.Email,
                a.CreatedAt,
                a.ClosedAt,
                a.Roles.Where(r => r.Until == null || r.Until > now).Select(r => r.Role).ToList()
            ))
            .ToListAsync(cancel);
        return new Model(query, role, rows, total, number, pages, form);
    }
}
