namespace Lpsa.Platform;

/// <summary>What a label or a box says of a state. Its colour only repeats what the words say.</summary>
public enum Tone
{
    Quiet,
    Strong,
    Good,
    Warn,
    Bad,
}
