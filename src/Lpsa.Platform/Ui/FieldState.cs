using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Lpsa.Platform;

/// <summary>All that a field component needs to draw one field of a form.</summary>
/// <param name="Name">Name that is sent; also the id of the control, unless <see cref="Id"/> says otherwise.</param>
/// <param name="Label">Said above the control, in the language of the page.</param>
/// <param name="Hint">Said below the label; null for none.</param>
public sealed record FieldState(string Name, string Label, string? Hint = null)
{
    /// <summary>What was typed or stored; several for check boxes.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public string Value => Values.Count > 0 ? Values[0] : "";

    /// <summary>The English sentence of what is wrong; translated where it is shown.</summary>
    public string? Error { get; init; }

    public bool Required { get; init; }

    /// <summary>Longest text in characters; null when there is no limit.</summary>
    public int? MaxLength { get; init; }

    private readonly string? id;

    /// <summary>Set when two forms of a page have a field of the same name.</summary>
    public string Id
    {
        get => id ?? Name;
        init => id = value;
    }

    /// <summary>Ids of the sentences that describe the control, for screen readers.</summary>
    public string? DescribedBy =>
        (Hint, Error) switch
        {
            (null, null) => null,
            (_, null) => Id + "-hint",
            (null, _) => Id + "-error",
            _ => $"{Id}-hint {Id}-error",
        };
}

/// <summary>A choice in a list of options or check boxes.</summary>
public sealed record Choice(string Value, string Label, string? Hint = null, string? Group = null);

public static class FieldsOfForm
{
    /// <summary>
    /// A field of the form by its property: <c>form.Field("Title", L("Title"))</c>. Whether it is required and how long
    /// it may be is read from the property's own attributes, so that the page and the check cannot disagree.
    /// </summary>
    public static FieldState Field<T>(this Form<T> form, string name, string label, string? hint = null)
        where T : class, new()
    {
        var property = typeof(T).GetProperty(name);
        return new FieldState(name, label, hint)
        {
            Values = form.Texts(name),
            Error = form.ErrorOf(name),
            Required = property?.IsDefined(typeof(RequiredAttribute)) ?? false,
            MaxLength = property?.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength,
        };
    }
}
