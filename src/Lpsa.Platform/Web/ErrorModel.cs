namespace Lpsa.Platform;

/// <summary>What happened, what was kept and what to do, in plain sentences.</summary>
/// <param name="Reference">Number that finds the fault in the log.</param>
public sealed record ErrorModel(string Title, string What, string Next, string? Reference = null)
{
    public static readonly ErrorModel NotFound = new(
        "This page is not here",
        "The address may be mistyped, or the page has moved.",
        "Search for it, or start again from the front page."
    );
    public static readonly ErrorModel NotAllowed = new(
        "This page is not open to you",
        "You are signed in, but your role does not include it.",
        "Ask an administrator if you need it."
    );
    public static readonly ErrorModel WrongOrigin = new(
        "The form was not accepted",
        "It did not come from a page of this site, or the page was open for too long. Nothing was changed.",
        "Go back, reload the page and send the form again."
    );
    public static readonly ErrorModel TooMany = new(
        "Too many tries",
        "This was asked for too often from your connection. Nothing was changed.",
        "Wait a minute and try again."
    );

    public static ErrorModel Fault(string reference) =>
        new(
            "Something went wrong on our side",
            "The page could not be made. What was saved before is safe.",
            "Try again in a moment. If it happens again, tell us the reference number.",
            reference
        );

    public static ErrorModel BadRequest { get; } =
        new(
            "The request could not be read",
            "Something in it was malformed or too large. Nothing was changed.",
            "Go back, check what you sent and try again."
        );
}
