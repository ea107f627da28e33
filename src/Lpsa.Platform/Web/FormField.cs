using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Lpsa.Platform;

/// <summary>One property of a form's record: how to read and write it as text.</summary>
internal sealed class FormField(PropertyInfo property)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<FormField>> Known = new();

    private readonly IReadOnlyList<ValidationAttribute> rules =
    [
        .. property.GetCustomAttributes<ValidationAttribute>().OrderBy(rule => rule is not RequiredAttribute),
    ];
    private readonly Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    public string Name => property.Name;

    public string Wrong =>
        type == typeof(DateOnly) || type == typeof(DateTime) ? FormWords.Date
        : type == typeof(int) || type == typeof(decimal) || type == typeof(double) ? FormWords.Number
        : FormWords.Choice;

    public static IReadOnlyList<FormField> Of(Type record) =>
        Known.GetOrAdd(record, static t => [.. t.GetProperties().Where(p => p.CanWrite).Select(p => new FormField(p))]);

    /// <summary>The English sentence of the first rule that the value breaks; null when it keeps them all.</summary>
    public string? Complaint(object record)
    {
        var context = new ValidationContext(record) { MemberName = property.Name };
        var value = property.GetValue(record);
        return rules.FirstOrDefault(r => r.GetValidationResult(value, context) is not null) is { } broken
            ? broken.ErrorMessage ?? FormWords.Of(broken)
            : null;
    }

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
