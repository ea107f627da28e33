namespace Lpsa.Platform;

/// <summary>Puts commands into the queue.</summary>
public sealed class JobQueue(ModuleRegistry modules)
{
    /// <summary>Adds the job to the caller's transaction; it runs after <c>SaveChangesAsync</c>.</summary>
    /// <exception cref="InvalidOperationException">No module registered a handler of this name.</exception>
    public void Add<T>(PlatformDb db, string handler, T payload, DateTime? dueAt = null, string? uniqueKey = null)
        where T : notnull
    {
        var known = modules.Handler(handler) ?? throw new InvalidOperationException($"No handler is named {handler}.");
        db.Add(Job.For(known, known.Write(payload), db.Now, dueAt, uniqueKey));
    }
}
