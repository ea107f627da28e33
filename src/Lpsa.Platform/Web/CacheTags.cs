namespace Lpsa.Platform;

/// <summary>Tags shared by all modules; a module names its own after its entities: <c>post:{id}</c>.</summary>
public static class CacheTags
{
    /// <summary>On every cached page: what changes here shows in the frame around all of them.</summary>
    public const string Everything = "everything";
}
