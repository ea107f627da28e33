using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Platform;

/// <summary>
/// Two requests that write the same thing at once, such as a double click: the one that loses runs again and finds what
/// the other wrote, so its person gets the ordinary answer of a second try instead of a fault. Only unique keys, rows
/// that vanished meanwhile and deadlocks count; everything of the first run has been rolled back by then.
/// </summary>
static class RaceRetry
{
    public static void UseRaceRetry(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                try
                {
                    await next(http);
                }
                catch (DbUpdateException lost)
                    when (!HttpMethods.IsGet(http.Request.Method) && !http.Response.HasStarted && IsRace(lost))
                {
                    http.RequestServices.GetRequiredService<PlatformDb>().ChangeTracker.Clear();
                    await next(http);
                }
            }
        );

    /// <summary>SQLSTATE 23505 unique violation, 40001 serialization failure, 40P01 deadlock; SQLite has no SQLSTATE, so its text says it.</summary>
    private static bool IsRace(DbUpdateException lost) =>
        lost is DbUpdateConcurrencyException
        || lost.InnerException
            is DbException { SqlState: "23505" or "40001" or "40P01" }
                or Microsoft.Data.Sqlite.SqliteException { SqliteExtendedErrorCode: UniqueKey or PrimaryKey };

    private const int UniqueKey = 2067;
    private const int PrimaryKey = 1555;
}
