using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>Somebody who can sign in. What a person tells the community about themselves lives elsewhere.</summary>
public sealed class Account : ICached
{
    /// <summary>Of the cache tag of whatever shows the person: before the id.</summary>
    public const string TagPrefix = "account:";

    private readonly List<AccountRole> roles = [];

    public Guid Id { get; private set; }

    /// <summary>As typed, for messages.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Lower case, for look-ups; unique.</summary>
    public string EmailKey { get; private set; } = "";
    public string Name { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }
    public DateTime? ClosedAt { get; private set; }
    public IReadOnlyCollection<AccountRole> Roles => roles;
    public IEnumerable<string> CacheTags => [TagPrefix + Id];

    public static Account Open(string email, string name, DateTime now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Email = email.Trim(),
            EmailKey = KeyOf(email),
            Name = OneLine(name),
            CreatedAt = now,
        };

    public static string KeyOf(string email) => email.Trim().ToLowerInvariant();

    public void Rename(string name) => Name = OneLine(name);

    // A line break in a name would end a header of a message: every letter to the person would be refused.
    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public void Close(DateTime now) => ClosedAt ??= now;

    public void Reopen() => ClosedAt = null;

    /// <summary>Takes the person out of the account; the row stays, because other rows point to it.</summary>
    public void Erase(DateTime now)
    {
        Close(now);
        Email = EmailKey = $"erased-{Id:N}@invalid";
        Name = "";
        roles.Clear();
    }

    /// <summary>Gives a role until it is taken away or, with <paramref name="until"/>, until that instant.</summary>
    /// <param name="scope">What it is limited to; null: everything.</param>
    /// <returns>False when the person has exactly this already.</returns>
    /// <exception cref="ArgumentException">The role cannot be limited.</exception>
    public bool Grant(string role, DateTime? until = null, RoleScope? scope = null)
    {
        var reached = (scope ?? RoleScope.Everything).ToString();
        if (scope is { IsEverything: false } && !Platform.Roles.Scopable.Contains(role))
            throw new ArgumentException($"The role {role} is over everything or nothing.", nameof(scope));
        if (roles.Any(r => r.Role == role && r.Scope == reached && r.Until == until))
            return false;
        roles.RemoveAll(r => r.Role == role && r.Scope == reached);
        roles.Add(new AccountRole(Id, role, reached, until));
        return true;
    }

    /// <summary>Takes the role away where it was given with this scope, and there only.</summary>
    public bool Withdraw(string role, RoleScope? scope = null) =>
        roles.RemoveAll(r => r.Role == role && r.Scope == (scope ?? RoleScope.Everything).ToString()) > 0;

    /// <summary>The same person at another mailbox.</summary>
    internal void MoveTo(string email)
    {
        Email = email.Trim();
        EmailKey = KeyOf(email);
    }

    internal sealed class Map : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> entity)
        {
            entity.ToTable("accounts").IsAudited(nameof(Email), nameof(EmailKey), nameof(Name));
            entity.Property(a => a.Id).ValueGeneratedNever();
            entity.HasIndex(a => a.EmailKey).IsUnique();
            entity.HasMany(a => a.Roles).WithOne().HasForeignKey(r => r.AccountId);
            entity.Navigation(a => a.Roles).HasField("roles");
        }
    }
}

/// <summary>A role of an account, over everything or one thing, for ever or until a date.</summary>
public sealed class AccountRole(Guid accountId, string role, string scope, DateTime? until)
{
    public Guid AccountId { get; private set; } = accountId;
    public string Role { get; private set; } = role;

    /// <summary>A <see cref="RoleScope"/> as text.</summary>
    public string Scope { get; private set; } = scope;
    public DateTime? Until { get; private set; } = until;

    internal sealed class Map : IEntityTypeConfiguration<AccountRole>
    {
        public void Configure(EntityTypeBuilder<AccountRole> entity)
        {
            entity.ToTable("account_roles").IsAudited();
            entity.Property(r => r.AccountId).WhenMerged(WhenMerged.Stays);
            entity.HasKey(r => new
            {
                r.AccountId,
                r.Role,
                r.Scope,
            });
        }
    }
}

/// <summary>The roles that exist. What each may do is said by the permissions of the modules.</summary>
public static class Roles
{
    public const string Administrator = "administrator";
    public const string Board = "board";
    public const string Secretariat = "secretariat";
    public const string Treasurer = "treasurer";
    public const string Editor = "editor";
    public const string Coordinator = "coordinator";
    public const string CoChair = "co-chair";
    public const string Reviewer = "reviewer";
    public const string CountryTeam = "country-team";
    public const string Contributor = "contributor";
    public const string Member = "member";

    public static readonly IReadOnlyList<string> All =
    [
        Member,
        Contributor,
        CountryTeam,
        Reviewer,
        CoChair,
        Coordinator,
        Editor,
        Treasurer,
        Secretariat,
        Board,
        Administrator,
    ];

    /// <summary>Roles that may be limited to a country, a group or the like. The others are about the house as a whole.</summary>
    public static readonly IReadOnlyList<string> Scopable =
    [
        Contributor,
        CountryTeam,
        Reviewer,
        CoChair,
        Coordinator,
        Editor,
    ];

    /// <summary>Roles that see or change what is not their own: they need a second step of signing in.</summary>
    public static readonly IReadOnlyList<string> Staff = [.. All.Where(role => role != Member)];
}
