using System.Collections.Frozen;
using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>
/// What follows every change of somebody's roles, on a page or the command line: the person's sessions end, so that none
/// goes on with what it may no longer do, and a message says which roles there are now.
/// </summary>
public sealed class RoleChange(Mailer mailer, Scopes scopes, FrozenDictionary<string, Texts> texts)
{
    /// <summary>Saves what is pending on the account, whose roles are loaded.</summary>
    /// <param name="keep">The session that made the change; null ends all.</param>
    public async Task Save(
        PlatformDb db,
        Platform.Account account,
        Guid? keep,
        Language language,
        CancellationToken cancel
    )
    {
        var now = db.Now;
        await using var own = db.Database.CurrentTransaction is null
            ? await db.Database.BeginTransactionAsync(cancel)
            : null;
        await CredentialChange.EndSessions(db, account.Id, keep, cancel);
        if (MailAddress.TryParse(account.Email, account.Name, out var to, out _))
            mailer.Queue(
                db,
                to,
                language,
                new RolesChangedLetter
                {
                    Name = account.Name,
                    Roles =
                    [
                        .. account
                            .Roles.Where(r => r.Until is null || r.Until > now)
                            .OrderBy(r => r.Role, StringComparer.Ordinal)
                            .ThenBy(r => r.Scope, StringComparer.Ordinal)
                            .Select(r => new GivenRole(r.Role, scopes.LabelOf(r.Scope, texts[language.Code]), r.Until)),
                    ],
                }
            );
        await db.SaveChangesAsync(cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
    }
}

/// <param name="Scope">What it is limited to, in words; null: everything.</param>
public sealed record GivenRole(string Role, string? Scope, DateTime? Until);

/// <summary>Scopes as people read them.</summary>
public sealed class Scopes(ModuleRegistry modules, IServiceProvider services)
{
    /// <summary>“Country: Kenya”; null for everything. A code that is not known any more is shown as it is.</summary>
    public string? LabelOf(string scope, Texts texts)
    {
        if (RoleScope.Read(scope) is not { } read)
            return scope;
        if (read.IsEverything)
            return null;
        return
            modules.ScopeKinds.FirstOrDefault(k => k.Code == read.Kind) is { } kind
            && kind.List(services, texts).FirstOrDefault(c => c.Value == read.Id) is { } choice
            ? $"{texts.Say(kind.Label)}: {choice.Label}"
            : scope;
    }

    /// <summary>All that may be chosen, grouped by kind; the values are scopes as text.</summary>
    public IReadOnlyList<Choice> All(Texts texts) =>
        [
            .. modules.ScopeKinds.SelectMany(kind =>
                kind.List(services, texts)
                    .Select(c => new Choice(
                        new RoleScope(kind.Code, c.Value).ToString(),
                        c.Label,
                        null,
                        texts.Say(kind.Label)
                    ))
            ),
        ];

    /// <summary>Whether a module knows this very scope.</summary>
    public bool Exists(RoleScope scope, Texts texts) =>
        scope.IsEverything
        || modules.ScopeKinds.FirstOrDefault(k => k.Code == scope.Kind) is { } kind
            && kind.List(services, texts).Any(c => c.Value == scope.Id);
}
