namespace Lpsa.Platform;

/// <summary>A person or organisation who is named for a work.</summary>
/// <param name="Path">Local path of their page; null when they have none.</param>
/// <param name="Role">In the language of the page: “editor”; null for the plain author.</param>
public sealed record Credit(string Name, string? Path = null, string? Role = null);
