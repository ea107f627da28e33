using Microsoft.AspNetCore.Components;

namespace Lpsa.Platform;

/// <summary>
/// A named place on one module's page that others fill, neither knowing the other.
/// <typeparamref name="TContext"/> is all that the filler is told: a country, a theme.
/// </summary>
public sealed record Slot<TContext>(string Name);

/// <summary>Loads what one filler shows; null when it has nothing to say here.</summary>
public delegate Task<RenderFragment?> FillSlot<in TContext>(
    TContext context,
    SlotScope scope,
    CancellationToken cancel
);

/// <summary>What a filler may use.</summary>
public sealed record SlotScope(PlatformDb Db, Viewer Viewer, Texts Texts, IServiceProvider Services);

internal sealed record SlotFilling(object Slot, int Order, object Fill);
