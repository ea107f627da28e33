using System.Collections.Concurrent;
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
            return form.With("", "The form was empty.");
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
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var field = result.MemberNames.FirstOrDefault() ?? "";
            if (ErrorOf(field) is null)
                errors.Add(new FormError(field, result.ErrorMessage!));
        }
        Value = errors.Count == 0 ? value : null;
    }
}

/// <summary>What is wrong with one field; an empty name means the form as a whole.</summary>
public sealed record FormError(string Field, string Message);

/// <summary>One property of a form's record: how to read and write it as text.</summary>
internal sealed class FormField(PropertyInfo property)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<FormField>> Known = new();

    private readonly Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    public string Name => property.Name;

    public string Wrong =>
        type == typeof(DateOnly) || type == typeof(DateTime) ? "Enter a date such as 2026-11-21."
        : type == typeof(int) || type == typeof(decimal) || type == typeof(double) ? "Enter a number."
        : "Choose one of the options.";

    public static IReadOnlyList<FormField> Of(Type record) =>
        Known.GetOrAdd(record, static t => [.. t.GetProperties().Where(p => p.CanWrite).Select(p => new FormField(p))]);

    public string[] Write(object record) =>
        property.GetValue(record) switch
        {
            null => [],
            string text => [text],
            IEnumerable<string> many => [.. many],
            bool yes => yes ? ["true"] : [],
            DateOnly day => [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
            DateTime at => [at.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)],
            IFormattable value => [value.ToString(null, CultureInfo.InvariantCulture)],
            var value => [value.ToString()!],
        };

    public bool TrySet(object record, string[] texts, CultureInfo culture)
    {
        if (type == typeof(string[]) || type == typeof(IReadOnlyList<string>))
        {
            property.SetValue(record, texts.Select(t => t.Trim()).Where(t => t.Length > 0).ToArray());
            return true;
        }
        var text = texts.Length > 0 ? texts[0].Trim() : "";
        if (type == typeof(string))
            property.SetValue(record, text);
        else if (text.Length == 0)
            property.SetValue(record, type == typeof(bool) ? false : property.GetValue(record));
        else if (Read(text, culture) is { } value)
            property.SetValue(record, value);
        else
            return false;
        return true;
    }

    private object? Read(string text, CultureInfo culture)
    {
        if (type == typeof(bool))
            return text is "true" or "on" or "1";
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.Integer, culture, out var whole) ? whole : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, culture, out var number) ? number : null;
        if (type == typeof(decimal))
            return decimal.TryParse(text, NumberStyles.Number, culture, out var money) ? money : null;
        if (type == typeof(Guid))
            return Guid.TryParse(text, out var id) ? id : null;
        if (type == typeof(DateOnly))
            return DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
                ? day
                : null;
        if (type == typeof(DateTime))
            return DateTime.TryParseExact(
                text,
                ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var at
            )
                ? at
                : null;
        if (type.IsEnum)
            return Enum.TryParse(type, text, ignoreCase: true, out var chosen) && Enum.IsDefined(type, chosen)
                ? chosen
                : null;
        throw new NotSupportedException($"Form fields of type {type} cannot be read; field {property.Name}.");
    }
}
