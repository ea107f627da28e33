namespace Lpsa.Platform;

/// <summary>How a text in the language of the page relates to its original.</summary>
public enum TranslationState
{
    /// <summary>It is the original.</summary>
    Original,

    /// <summary>There is none; the original is shown.</summary>
    Missing,
    Machine,
    Reviewed,
    OutOfDate,
}
