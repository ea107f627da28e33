using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;

namespace Lpsa.Platform;

// The frame types are public but marked as "may change" by the framework; HtmlPainterTests hold them still.
#pragma warning disable BL0006

/// <summary>
/// Writes Razor components as UTF-8 HTML. The framework's own renderer keeps a component tree alive to compare it
/// with the next one, which a server page never needs: measured on the post list it costs three times as much CPU
/// as this single walk (see docs/adr/0003).
/// </summary>
public sealed class HtmlPainter(IBufferWriter<byte> output, PageContext page)
{
    /// <summary>All scripts stay readable: without this an Arabic page becomes three times as large.</summary>
    public static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly FrozenSet<string> VoidElements = FrozenSet.ToFrozenSet([
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]);

    private static readonly SearchValues<char> Special = SearchValues.Create("<>&\"'`+\0");
    private static readonly ConcurrentDictionary<Type, ViewType> Types = new();

    private string? selectValue;

    public void Paint<TView>(Action<TView> set)
        where TView : View, new()
    {
        var view = new TView { Page = page };
        set(view);
        Paint(view);
    }

    public void Paint(RenderFragment fragment)
    {
        using var builder = new RenderTreeBuilder();
        fragment(builder);
        var frames = builder.GetFrames();
        Walk(frames.Array, 0, frames.Count);
    }

    private void Paint(View view)
    {
        using var builder = new RenderTreeBuilder();
        view.Build(builder);
        var frames = builder.GetFrames();
        Walk(frames.Array, 0, frames.Count);
    }

    private void Walk(RenderTreeFrame[] frames, int start, int end)
    {
        for (var at = start; at < end; )
        {
            ref readonly var frame = ref frames[at];
            switch (frame.FrameType)
            {
                case RenderTreeFrameType.Markup:
                    Raw(frame.MarkupContent);
                    at++;
                    break;
                case RenderTreeFrameType.Text:
                    Text(frame.TextContent);
                    at++;
                    break;
                case RenderTreeFrameType.Element:
                    Element(frames, at);
                    at += frame.ElementSubtreeLength;
                    break;
                case RenderTreeFrameType.Component:
                    Component(frames, at);
                    at += frame.ComponentSubtreeLength;
                    break;
                case RenderTreeFrameType.Region:
                    Walk(frames, at + 1, at + frame.RegionSubtreeLength);
                    at += frame.RegionSubtreeLength;
                    break;
                default:
                    at++;
                    break;
            }
        }
    }

    private void Element(RenderTreeFrame[] frames, int at)
    {
        ref readonly var element = ref frames[at];
        var name = element.ElementName;
        var end = at + element.ElementSubtreeLength;
        Raw("<");
        Raw(name);

        var child = at + 1;
        string? value = null;
        for (; child < end && frames[child].FrameType == RenderTreeFrameType.Attribute; child++)
        {
            var (key, given) = (frames[child].AttributeName, frames[child].AttributeValue);
            if (key == "value" && name is "select" or "textarea")
            {
                value = Shown(given);
                continue;
            }

            if (name == "option" && key == "value" && selectValue is { } chosen && Shown(given) == chosen)
                Raw(" selected");
            Attribute(key, given);
        }

        if (VoidElements.Contains(name))
        {
            Raw(">");
            return;
        }

        Raw(">");
        if (name == "textarea" && value is not null)
        {
            // A leading line break would be swallowed by the parser, so one more is written.
            Raw("\n");
            Text(value);
        }
        else if (name == "select")
        {
            var outer = selectValue;
            selectValue = value;
            Walk(frames, child, end);
            selectValue = outer;
        }
        else
        {
            Walk(frames, child, end);
        }

        Raw("</");
        Raw(name);
        Raw(">");
    }

    private void Attribute(string key, object? given)
    {
        switch (given)
        {
            case null or false or Delegate:
                return;
            case true:
                Raw(" ");
                Raw(key);
                return;
            default:
                Raw(" ");
                Raw(key);
                Raw("=\"");
                Text(Shown(given));
                Raw("\"");
                return;
        }
    }

    private void Component(RenderTreeFrame[] frames, int at)
    {
        ref readonly var component = ref frames[at];
        var type = Types.GetOrAdd(component.ComponentType, static t => new ViewType(t));
        var view = type.Create();
        view.Page = page;
        var end = at + component.ComponentSubtreeLength;
        for (var child = at + 1; child < end && frames[child].FrameType == RenderTreeFrameType.Attribute; child++)
            type.Set(view, frames[child].AttributeName, frames[child].AttributeValue);
        Paint(view);
    }

    private static string? Shown(object? value) =>
        value switch
        {
            string text => text,
            null => null,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    private void Raw(string markup)
    {
        if (markup.Length == 0)
            return;
        var space = output.GetSpan(Encoding.UTF8.GetMaxByteCount(markup.Length));
        output.Advance(Encoding.UTF8.GetBytes(markup, space));
    }

    private void Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        Raw(text.AsSpan().IndexOfAny(Special) < 0 ? text : Encoder.Encode(text));
    }

    /// <summary>What is known of one component type: how to make it and how to set its parameters.</summary>
    private sealed class ViewType
    {
        private readonly Func<View> create;
        private readonly FrozenDictionary<string, Action<View, object?>> setters;

        public ViewType(Type type)
        {
            if (!typeof(View).IsAssignableFrom(type))
                throw new InvalidOperationException($"{type} is drawn as a component but is not a View.");
            var constructor = System.Linq.Expressions.Expression.New(type);
            create = System.Linq.Expressions.Expression.Lambda<Func<View>>(constructor).Compile();
            setters = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(p => p.IsDefined(typeof(ParameterAttribute)) && p.SetMethod is not null)
                .ToFrozenDictionary(p => p.Name, Setter, StringComparer.OrdinalIgnoreCase);
        }

        public View Create() => create();

        public void Set(View view, string name, object? value)
        {
            if (!setters.TryGetValue(name, out var set))
                throw new InvalidOperationException($"{view.GetType().Name} has no parameter {name}.");
            set(view, value);
        }

        private static Action<View, object?> Setter(PropertyInfo property)
        {
            var view = System.Linq.Expressions.Expression.Parameter(typeof(View));
            var value = System.Linq.Expressions.Expression.Parameter(typeof(object));
            var assign = System.Linq.Expressions.Expression.Assign(
                System.Linq.Expressions.Expression.Property(
                    System.Linq.Expressions.Expression.Convert(view, property.DeclaringType!),
                    property
                ),
                System.Linq.Expressions.Expression.Convert(value, property.PropertyType)
            );
            return System.Linq.Expressions.Expression.Lambda<Action<View, object?>>(assign, view, value).Compile();
        }
    }
}
