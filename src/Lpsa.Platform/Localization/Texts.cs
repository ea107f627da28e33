using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Lpsa.Platform;

/// <summary>
/// The sentences of the interface in one language. The key is the English sentence, so code reads as the page does;
/// TranslationTests hold every key used in the source against every language file.
/// </summary>
public sealed class Texts
{
    private readonly FrozenDictionary<string, string> sentences;
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> plurals;

    private Texts(
        Language language,
        FrozenDictionary<string, string> sentences,
        FrozenDictionary<string, FrozenDictionary<string, string>> plurals
    )
    {
        Language = language;
        this.sentences = sentences;
        this.plurals = plurals;
    }

    public Language Language { get; }
    public CultureInfo Culture => Language.Culture;

    public string Say(string sentence, params ReadOnlySpan<object?> values)
    {
        var said = sentences.GetValueOrDefault(sentence, sentence);
        return values.IsEmpty ? said : string.Format(Culture, said, values);
    }

    public string Count(string sentence, long count, params ReadOnlySpan<object?> more)
    {
        var forms = plurals.GetValueOrDefault(sentence);
        var said =
            forms?.GetValueOrDefault(Plural.Category(Language.Code, count))
            ?? forms?.GetValueOrDefault("other")
            ?? sentence;
        return string.Format(Culture, said, [Number(count), .. more]);
    }

    public string Number(long value) => value.ToString("N0", Culture);

    public string Number(double value, int decimals) => value.ToString("N" + decimals, Culture);

    public string Date(DateTime utc) => utc.ToString(Language.DayPattern, Culture);

    public string Date(DateOnly day) => day.ToString(Language.DayPattern, Culture);

    public string Month(DateOnly day) => day.ToString(Language.MonthPattern, Culture);

    /// <summary>Reads the files <c>i18n/{code}.json</c> embedded in the product's assembly.</summary>
    public static FrozenDictionary<string, Texts> Load(Assembly assembly) =>
        Language.All.ToFrozenDictionary(
            l => l.Code,
            l => Read(l, assembly.GetManifestResourceStream($"i18n/{l.Code}.json"))
        );

    public static Texts Read(Language language, Stream? file)
    {
        var sentences = new Dictionary<string, string>(StringComparer.Ordinal);
        var plurals = new Dictionary<string, FrozenDictionary<string, string>>(StringComparer.Ordinal);
        if (file is not null)
        {
            using var json = JsonDocument.Parse(file);
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (entry.Value.ValueKind == JsonValueKind.String)
                    sentences[entry.Name] = entry.Value.GetString()!;
                else
                    plurals[entry.Name] = entry
                        .Value.EnumerateObject()
                        .ToFrozenDictionary(form => form.Name, form => form.Value.GetString()!);
            }
        }
        return new Texts(language, sentences.ToFrozenDictionary(), plurals.ToFrozenDictionary());
    }
}
