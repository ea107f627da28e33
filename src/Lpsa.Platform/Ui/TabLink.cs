namespace Lpsa.Platform;

/// <param name="Path">Local path, with its query if it has one.</param>
public sealed record TabLink(string Label, string Path, long? Count = null);
