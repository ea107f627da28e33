namespace Lpsa.Platform;

/// <summary>In whose name this scope writes: an account id, <c>job:name</c>, or <c>command line</c>.</summary>
public sealed class CurrentActor
{
    public string Name { get; set; } = "system";
}
