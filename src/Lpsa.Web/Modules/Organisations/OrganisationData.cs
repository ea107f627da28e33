using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Organisations;

/// <summary>What is held about a person here: where they said that they work, and what they asked for.</summary>
static class OrganisationData
{
    public static readonly PersonalData Hook = new("organisations", Export, Erase);

    private static async Task<object?> Export(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var affiliations = await (
            from a in db.Set<Affiliation>()
            where a.AccountId == id
            join o in db.Set<Organisation>() on a.OrganisationId equals o.Id
            orderby a.SaidAt
            select new
            {
                Organisation = o.Name,
                a.Role,
                From = a.FromDay,
                Until = a.UntilDay,
                SeenBy = a.SeenBy.ToString(),
                Standing = a.Standing.ToString(),
                a.Represents,
                a.SaidAt,
                a.AnsweredAt,
            }
        ).ToListAsync(cancel);
        var requests = await db.Set<RecognitionRequest>()
            .AsNoTracking()
            .Include(r => r.Steps)
            .Where(r => r.AccountId == id)
            .OrderBy(r => r.AskedAt)
            .ToListAsync(cancel);
        return affiliations.Count + requests.Count == 0
            ? null
            : new
            {
                Affiliations = affiliations,
                Requests = requests.Select(r => new
                {
                    r.Name,
                    Mark = r.Mark.ToString(),
                    r.Reason,
                    r.Evidence,
                    r.WantsToRepresent,
                    State = r.State.ToString(),
                    r.AskedAt,
                    History = r
                        .Steps.OrderBy(s => s.At)
                        .Select(s => new
                        {
                            State = s.State.ToString(),
                            s.ByStaff,
                            s.Note,
                            s.At,
                        }),
                }),
            };
    }

    /// <summary>A decision that was taken stays as the record of the organisation, without the person who asked.</summary>
    private static async Task Erase(PlatformDb db, Guid id, CancellationToken cancel)
    {
        db.RemoveRange(await db.Set<Affiliation>().Where(a => a.AccountId == id).ToListAsync(cancel));
        var requests = await db.Set<RecognitionRequest>()
            .Include(r => r.Steps)
            .Where(r => r.AccountId == id)
            .ToListAsync(cancel);
        foreach (var request in requests)
            if (request.State is RequestState.Approved or RequestState.Declined)
                request.Forget();
            else
                db.Remove(request);
        await db.SaveChangesAsync(cancel);
    }
}
