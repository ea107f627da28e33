using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Admin;

/// <summary>The settings that modules registered: each with its own small form, checked and audited.</summary>
public static class EditSettings
{
    private const int LongestValue = 4000;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var settings = pages.MapGroup("/admin/settings").Requires(AdminPermissions.Settings);
        settings.MapGet("", Get);
        settings.MapPost("", Save).RequiresFreshSignIn();
        settings.MapPost("/default", BackToDefault).RequiresFreshSignIn();
    }

    public sealed record Row(Setting Setting, string Value, bool IsChanged, string? Error);

    public sealed record Input
    {
        public string Key { get; init; } = "";
        public string Value { get; init; } = "";
    }

    static async Task<IResult> Get(PlatformDb db, ModuleRegistry modules, CancellationToken cancel) =>
        EditSettingsPage.View(await Load(db, modules, null, null, cancel));

    static async Task<IResult> Save(Form<Input> form, PlatformDb db, ModuleRegistry modules, CancellationToken cancel)
    {
        if (form.Value is not { } input || modules.Settings.FirstOrDefault(s => s.Key == input.Key) is not { } setting)
            return Results.NotFound();
        var wrong =
            input.Value.Length > LongestValue
                ? Sentence.Of("This text is too short or too long.")
                : setting.Check?.Invoke(input.Value);
        if (wrong is not null)
            return EditSettingsPage.View(
                await Load(db, modules, input, wrong, cancel),
                StatusCodes.Status422UnprocessableEntity
            );
        var stored = await db.Set<SiteSetting>().SingleOrDefaultAsync(s => s.Key == input.Key, cancel);
        if (stored is null)
            db.Add(SiteSetting.Of(input.Key, input.Value));
        else
            stored.Change(input.Value);
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/settings#" + input.Key).Saying("The setting was saved and is in force.");
    }

    static async Task<IResult> BackToDefault(Form<Input> form, PlatformDb db, CancellationToken cancel)
    {
        var key = form.Value?.Key ?? "";
        if (await db.Set<SiteSetting>().SingleOrDefaultAsync(s => s.Key == key, cancel) is { } stored)
            db.Remove(stored);
        await db.SaveChangesAsync(cancel);
        return Redirect.To("/admin/settings").Saying("The setting is as it was delivered.");
    }

    private static async Task<IReadOnlyList<Row>> Load(
        PlatformDb db,
        ModuleRegistry modules,
        Input? typed,
        string? wrong,
        CancellationToken cancel
    )
    {
        var stored = await db.Set<SiteSetting>().AsNoTracking().ToDictionaryAsync(s => s.Key, s => s.Value, cancel);
        return
        [
            .. modules
                .Settings.OrderBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => new Row(
                    s,
                    typed?.Key == s.Key ? typed.Value : stored.GetValueOrDefault(s.Key, s.Default),
                    stored.ContainsKey(s.Key),
                    typed?.Key == s.Key ? wrong : null
                )),
        ];
    }
}
