using Lpsa.Platform;
using Microsoft.AspNetCore.Components.Rendering;

namespace Lpsa.Tests;

/// <summary>A letter with a greeting and a link, as the modules send them.</summary>
internal sealed class SampleLetter : Letter
{
    public string Name { get; init; } = "Amina";

    public override string Kind => "tests.sample";
    public override string Subject => $"Your link, {Name}";
    public override string Reason => "You get this because of a test.";
    public override string Preview => "Seen in the list only";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "p");
        builder.AddContent(1, $"Good day {Name},");
        builder.CloseElement();
        builder.OpenElement(2, "p");
        builder.OpenElement(3, "a");
        builder.AddAttribute(4, "href", Link("/sign-in/link/secret-token"));
        builder.AddContent(5, "Sign in");
        builder.CloseElement();
        builder.CloseElement();
    }
}
