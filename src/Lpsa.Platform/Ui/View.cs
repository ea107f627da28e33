using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Lpsa.Platform;

/// <summary>
/// A Razor component used as a pure, typed template: parameters in, markup out. It has no lifecycle, injects
/// nothing and never awaits, so a page costs one walk over its frames (see <see cref="HtmlPainter"/>).
/// </summary>
public abstract class View : IComponent
{
    /// <summary>Language, viewer, links: what every component may know about the page it is drawn on.</summary>
    public PageContext Page { get; internal set; } = null!;

    protected virtual void BuildRenderTree(RenderTreeBuilder __builder) { }

    internal void Build(RenderTreeBuilder builder) => BuildRenderTree(builder);

    /// <summary>The sentence in the language of the page; the key is the English sentence itself.</summary>
    protected string L(string sentence, params ReadOnlySpan<object?> values) => Page.Texts.Say(sentence, values);

    /// <summary>A sentence about a number, by the plural rules of the language; <c>{0}</c> is the number.</summary>
    protected string N(string sentence, long count, params ReadOnlySpan<object?> more) =>
        Page.Texts.Count(sentence, count, more);

    /// <summary>A local address with the language of the page in front.</summary>
    protected string To(string path) => Page.To(path);

    void IComponent.Attach(RenderHandle renderHandle) => throw new NotSupportedException(Reason);

    Task IComponent.SetParametersAsync(ParameterView parameters) => throw new NotSupportedException(Reason);

    private const string Reason = "Views are drawn by HtmlPainter; they do not run in a Blazor renderer.";
}
