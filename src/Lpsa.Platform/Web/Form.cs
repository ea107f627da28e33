using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>
/// What a person sent in a form: the value when everything parses and holds, and always the raw text, so that a form
/// with a mistake comes back filled in. Labels and messages are English sentences, translated where they are shown.
/// </summary>
public sealed class Form<T>
    where T : class, new()
{
    private readonly Dictionary<string, string[]> raw = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<FormError> errors = [];

    public static Form<T> Empty { get; } = new();

    /// <summary>The parsed value; null when there are errors.</summary>
    public T? Value { get; private set; }

    public IReadOnlyList<FormError> Errors => errors;

    public IFormFileCollection Files { get; private set; } = new FormFileCollection();

    /// <summary>The text of a field as typed or as filled by <see cref="Of"/>.</summary>
    public string Text(string field) => raw.TryGetValue(field, out var values) && values.Length > 0 ? values[0] : "";

    public IReadOnlyList<string> Texts(string field) => raw.GetValueOrDefault(field, []);

    public bool Has(string field, string value) => Texts(field).Contains(value);

    public string? ErrorOf(string field) => errors.FirstOrDefault(e => e.Field == field)?.Message;

    /// <summary>The form filled from what is stored.</summary>
    public static Form<T> Of(T value)
    {
        var form = new Form<T> { Value = value };
        foreach (var field in FormField.Of(typeof(T)))
            form.raw[field.Name] = field.Write(value);
        return form;
    }

    /// <summary>The same form with an error that only the handler can know; its value is gone.</summary>
    public Form<T> With(string field, string message)
    {
        errors.Add(new FormError(field, message));
        Value = null;
        return this;
    }

    public static async ValueTask<Form<T>> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        _ = parameter;
        var form = new Form<T>();
        if (!http.Request.HasFormContentType)
            return form.With("", FormWords.Empty);
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        form.Files = sent.Files;
        foreach (var (key, values) in sent)
            form.raw[key] = [.. values.Select(v => (v ?? "").ReplaceLineEndings("\n"))];
        form.Parse(http.Texts().Culture);
        return form;
    }

    /// <summary>Reads fields that arrive in another way than a posted form, as tests and commands do.</summary>
    public static Form<T> From(IEnumerable<KeyValuePair<string, string[]>> fields, CultureInfo culture)
    {
        var form = new Form<T>();
        foreach (var (key, values) in fields)
            form.raw[key] = values;
        form.Parse(culture);
        return form;
    }

    private void Parse(CultureInfo culture)
    {
        var value = new T();
        foreach (var field in FormField.Of(typeof(T)))
            if (raw.TryGetValue(field.Name, out var texts) && !field.TrySet(value, texts, culture))
                errors.Add(new FormError(field.Name, field.Wrong));
            else if (field.Complaint(value) is { } complaint)
                errors.Add(new FormError(field.Name, complaint));
        if (value is IValidatableObject whole)
            foreach (var result in whole.Validate(new ValidationContext(value)))
                if (ErrorOf(result.MemberNames.FirstOrDefault() ?? "") is null)
                    errors.Add(new FormError(result.MemberNames.FirstOrDefault() ?? "", result.ErrorMessage!));
        Value = errors.Count == 0 ? value : null;
    }
}

/// <summary>What is wrong with one field; an empty name means the form as a whole.</summary>
public sealed record FormError(string Field, string Message);
