using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>Puts some hundred rows of a file beside what is here, and writes what follows from them.</summary>
internal sealed class MemberBatch(
    PlatformDb db,
    MemberSecrets secrets,
    BulkInsert bulk,
    string format,
    string file,
    Action<MemberDifference> tell
)
{
    private readonly string origin = "import:" + format;
    private readonly List<Account> accounts = [];
    private readonly List<Member> members = [];
    private readonly List<MemberConsent> consents = [];
    private readonly List<Suppression> suppressions = [];
    private DateTime now;

    /// <param name="rows">Each address at most once.</param>
    public async Task Take(IReadOnlyList<ImportedMember> rows, CancellationToken cancel)
    {
        now = db.Now;
        var keys = rows.Select(r => Account.KeyOf(r.Email)).ToArray();
        var hashes = await secrets.HashesOf(db, keys, cancel);
        var known = await db.Set<Account>()
            .Where(a => keys.Contains(a.EmailKey))
            .ToDictionaryAsync(a => a.EmailKey, cancel);
        var ids = known.Values.Select(a => a.Id).ToArray();
        var here = await db.Set<Member>()
            .Include(m => m.Interests)
            .Include(m => m.Periods)
            .AsSplitQuery()
            .Where(m => ids.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, cancel);
        var suppressed = (
            await db.Set<Suppression>().AsNoTracking().Where(s => hashes.Contains(s.AddressHash)).ToListAsync(cancel)
        ).ToLookup(s => s.AddressHash);
        var ownWish = await OwnWishes(rows, known, cancel);
        for (var at = 0; at < rows.Count; at++)
        {
            var (row, hash) = (rows[at], hashes[at]);
            var account = known.GetValueOrDefault(keys[at]);
            var member = account is null ? null : here.GetValueOrDefault(account.Id);
            if (row.State == ImportedState.NeverAsked)
                Tell(row, MemberDifferenceKind.Left, "never asked for messages there");
            else if (row.State == ImportedState.Subscribed)
                Subscribe(row, account, member, suppressed[hash].ToList());
            else
                End(row, member, hash, suppressed[hash].Any(s => s.Scope == Suppression.Bulk), ownWish);
        }
        await Write(cancel);
    }

    private void Subscribe(ImportedMember row, Account? account, Member? member, List<Suppression> suppressed)
    {
        if (account?.ClosedAt is not null)
            Tell(row, MemberDifferenceKind.Left, "the account was closed here");
        else if (member?.State == MemberState.Left)
            Tell(row, MemberDifferenceKind.Left, "left here, and is not brought back by a file");
        else if (suppressed.Find(s => s.Scope == Suppression.Bulk) is { } stop)
            Tell(
                row,
                MemberDifferenceKind.Left,
                $"must not be written to: {stop.Reason.ToString().ToLowerInvariant()}"
            );
        else if (member is not null)
            Fill(row, account!, member);
        else
            Join(row, account, suppressed);
    }

    private void Join(ImportedMember row, Account? account, List<Suppression> suppressed)
    {
        var choices = row.Choices with { Channels = suppressed.ToDictionary(s => s.Scope, _ => Frequency.Never) };
        if (account is null)
            accounts.Add(account = Account.Open(row.Email, choices.Name ?? "", now));
        else if (account.Name.Length == 0 && choices.Name is { } name)
            account.Rename(name);
        var member = Member.Join(account.Id, origin, row.JoinedAt ?? now);
        member.Choose(choices, onlyGiven: true, now);
        members.Add(member);
        consents.Add(Consent(account.Id, ConsentAct.Imported, row, choices));
        Tell(row, MemberDifferenceKind.New, "becomes a member");
    }

    /// <summary>What a person or staff wrote here is newer than any file; only what is empty is filled.</summary>
    private void Fill(ImportedMember row, Account account, Member member)
    {
        var said = row.Choices;
        var fresh = new MemberChoices
        {
            Name = account.Name.Length == 0 ? said.Name : null,
            Country = member.Country is null ? said.Country : null,
            Stakeholder = member.Stakeholder is null ? said.Stakeholder : null,
            Institution = member.Institution.Length == 0 ? said.Institution : null,
            Position = member.Position.Length == 0 ? said.Position : null,
            Interests = said.Interests.Where(i => i.Value.Count > 0 && member.CodesOn(i.Key).Count == 0).ToDictionary(),
        };
        var filled = Names(fresh);
        if (filled.Count == 0)
        {
            Tell(row, MemberDifferenceKind.Left, "is a member already");
            return;
        }
        if (fresh.Name is { } name)
            account.Rename(name);
        member.Choose(fresh, onlyGiven: true, now);
        consents.Add(Consent(member.Id, ConsentAct.Imported, row, fresh));
        Tell(row, MemberDifferenceKind.Changed, "fills " + string.Join(", ", filled));
    }

    private static List<string> Names(MemberChoices choices)
    {
        (string Name, string? Value)[] fields =
        [
            ("name", choices.Name),
            ("country", choices.Country),
            ("stakeholder", choices.Stakeholder),
            ("institution", choices.Institution),
            ("position", choices.Position),
        ];
        return [.. fields.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => f.Name), .. choices.Interests.Keys];
    }

    private void End(
        ImportedMember row,
        Member? member,
        string hash,
        bool isSuppressed,
        Dictionary<Guid, DateTime> ownWish
    )
    {
        var at = row.EndedAt ?? DateTime.MinValue;
        if (isSuppressed)
        {
            Tell(row, MemberDifferenceKind.Left, "is not written to already");
            return;
        }
        if (member is { State: MemberState.Member } && ownWish.TryGetValue(member.Id, out var wish) && wish > at)
        {
            Tell(row, MemberDifferenceKind.Left, "asked for messages here since");
            return;
        }
        var reason = row.State switch
        {
            ImportedState.Bounced => SuppressionReason.Bounced,
            ImportedState.Complained => SuppressionReason.Complained,
            _ => SuppressionReason.Unsubscribed,
        };
        suppressions.Add(Suppression.Of(hash, Suppression.Bulk, reason, origin, row.EndedAt ?? now));
        if (member is { State: MemberState.Member } && reason != SuppressionReason.Bounced)
        {
            member.Leave(now);
            consents.Add(Consent(member.Id, ConsentAct.Left, row, new MemberChoices()));
        }
        Tell(row, MemberDifferenceKind.Suppressed, reason.ToString().ToLowerInvariant());
    }

    /// <summary>When members who are to be ended last decided something here themselves.</summary>
    private async Task<Dictionary<Guid, DateTime>> OwnWishes(
        IReadOnlyList<ImportedMember> rows,
        Dictionary<string, Account> known,
        CancellationToken cancel
    )
    {
        var ids = rows.Where(r => r.State is not (ImportedState.Subscribed or ImportedState.NeverAsked))
            .Select(r => known.GetValueOrDefault(Account.KeyOf(r.Email))?.Id)
            .OfType<Guid>()
            .ToArray();
        if (ids.Length == 0)
            return [];
        var wishes = await db.Set<MemberConsent>()
            .Where(c => ids.Contains(c.MemberId) && (c.Act == ConsentAct.Joined || c.Act == ConsentAct.Changed))
            .Select(c => new { c.MemberId, c.At })
            .ToListAsync(cancel);
        return wishes.GroupBy(w => w.MemberId).ToDictionary(g => g.Key, g => g.Max(w => w.At));
    }

    private MemberConsent Consent(Guid member, ConsentAct act, ImportedMember row, MemberChoices choices) =>
        MemberConsent.Of(member, act, row.Evidence, "", choices, row.Network, now, row.JoinedAt);

    private void Tell(ImportedMember row, MemberDifferenceKind kind, string reason) =>
        tell(new MemberDifference(file, row.Line, kind, row.Email, reason));

    private async Task Write(CancellationToken cancel)
    {
        await bulk.Add(accounts, cancel);
        await bulk.Add(members, cancel);
        await bulk.Add<MemberPeriod>([.. members.SelectMany(m => m.Periods)], cancel);
        await bulk.Add<MemberInterest>([.. members.SelectMany(m => m.Interests)], cancel);
        // Consents of members who were here and changed are written with those of new ones; their rows exist.
        await bulk.Add(consents, cancel);
        await bulk.Add(suppressions, cancel);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        accounts.Clear();
        members.Clear();
        consents.Clear();
        suppressions.Clear();
    }
}
