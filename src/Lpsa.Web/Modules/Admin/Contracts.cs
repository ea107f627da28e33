using Lpsa.Platform;

namespace Lpsa.Admin;

/// <summary>Places on the staff pages that other modules fill.</summary>
public static class AdminSlots
{
    /// <summary>What needs somebody's attention, on the first staff page; the context is the time now, in UTC.</summary>
    public static readonly Slot<DateTime> Attention = new("admin.attention");
}
