namespace Lpsa.Platform;

/// <summary>
/// What a role reaches: everything, or one thing of a kind that a module registered, such as the country Kyrgyzstan.
/// A role that reaches one thing never gives a right over everything.
/// </summary>
/// <param name="Kind">Code of a <see cref="ScopeKind"/>; empty for everything.</param>
/// <param name="Id">Which one, in the module's own codes: <c>KGZ</c>.</param>
public readonly record struct RoleScope(string Kind, string Id)
{
    private const string Whole = "everything";

    public static readonly RoleScope Everything = new("", "");

    public bool IsEverything => Kind.Length == 0;

    /// <summary>Reads <c>everything</c> or <c>country:KGZ</c>; null when it is neither.</summary>
    public static RoleScope? Read(string text) =>
        text == Whole ? Everything
        : text.Split(':', 2) is [{ Length: > 0 } kind, { Length: > 0 } id] ? new RoleScope(kind, id)
        : null;

    /// <summary>As stored and as typed on the command line.</summary>
    public override string ToString() => IsEverything ? Whole : $"{Kind}:{Id}";
}

/// <summary>Something by which a module lets roles be limited. Only what is registered is offered.</summary>
/// <param name="Code">Stable: <c>country</c>.</param>
/// <param name="Label">English sentence, translated where it is shown.</param>
/// <param name="List">All that may be chosen, in the language of the reader; the value is the id.</param>
public sealed record ScopeKind(string Code, string Label, ListScopes List);

public delegate IReadOnlyList<Choice> ListScopes(IServiceProvider services, Texts texts);

/// <summary>How far a permission of somebody goes.</summary>
/// <param name="Everything">Without any limit; then <paramref name="Scopes"/> does not matter.</param>
public sealed record Reach(bool Everything, IReadOnlyCollection<RoleScope> Scopes)
{
    public static readonly Reach Nothing = new(false, []);
    public static readonly Reach Unlimited = new(true, []);

    public bool IsNothing => !Everything && Scopes.Count == 0;

    /// <summary>Ids of one kind that are reached, for a <c>WHERE</c>. Ask <see cref="Everything"/> first.</summary>
    public IReadOnlyList<string> Of(string kind) => [.. Scopes.Where(s => s.Kind == kind).Select(s => s.Id)];
}
