using System.Text.Json;
using System.Text.RegularExpressions;
using Lpsa.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>Every sentence of the interface exists in every language, with the same values in it.</summary>
public sealed class TranslationTests
{
    private static readonly UsedSentences Used = Find();

    public static TheoryData<string> Languages => [.. Language.All.Where(l => !l.IsDefault).Select(l => l.Code)];
    public static TheoryData<string> AllLanguages => [.. Language.All.Select(l => l.Code)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_sentence_is_translated(string language)
    {
        var known = Read(language);
        Breaches.None(
            Used.Sentences.Where(s => !known.TryGetValue(s.Key, out var said) || said.ValueKind != JsonValueKind.String)
                .Select(s => $"{s.Key} ({s.Value})")
        );
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Every_count_has_every_plural_form_of_the_language(string language)
    {
        var known = Read(language);
        Breaches.None(
            Used.Plurals.SelectMany(p =>
                Plural
                    .Needed(language)
                    .Where(form =>
                        !known.TryGetValue(p.Key, out var forms)
                        || forms.ValueKind != JsonValueKind.Object
                        || !forms.TryGetProperty(form, out _)
                    )
                    .Select(form => $"{p.Key}: {form} ({p.Value})")
            )
        );
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Translations_carry_the_same_values(string language) =>
        Breaches.None(
            Read(language)
                .SelectMany(entry =>
                    entry.Value.ValueKind == JsonValueKind.String
                        ? [(Key: entry.Key, Said: entry.Value.GetString()!, Exact: true)]
                        : entry
                            .Value.EnumerateObject()
                            // “One post” and the Arabic dual say the number in words.
                            .Select(f =>
                                (
                                    Key: entry.Key,
                                    Said: f.Value.GetString()!,
                                    Exact: f.Name is "few" or "many" or "other"
                                )
                            )
                )
                .Where(t =>
                    t.Exact ? !Values(t.Key).SetEquals(Values(t.Said)) : !Values(t.Said).IsSubsetOf(Values(t.Key))
                )
                .Select(t => $"{t.Key} → {t.Said}")
        );

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void No_translation_is_left_that_nothing_says(string language) =>
        Breaches.None(Read(language).Keys.Where(k => !Used.Sentences.ContainsKey(k) && !Used.Plurals.ContainsKey(k)));

    [Fact]
    public void Every_sentence_is_said_by_a_literal() => Breaches.None(Used.NotLiteral);

    [Fact]
    public void A_rule_of_a_form_leaves_no_gap_for_a_name_in_its_sentence() =>
        Breaches.None(
            Used.Sentences.Where(s => s.Value.StartsWith("Lpsa.", StringComparison.Ordinal) && s.Key.Contains('{'))
                .Select(s => $"{s.Key} ({s.Value})")
        );

    [Fact]
    public void Sentences_are_found_in_markup_and_code_and_in_pieces()
    {
        var used = new UsedSentences();
        used.Scan(
            new SourceFile(
                "x.razor",
                """"
                <h1 title="@L("Title \"quoted\"")">@L("A {0} b", 3)</h1>@N("{0} posts",
                    n) @L(chosen) <p>@Page.Texts.Say("Said")</p>
                @code { string Long => L("one " + "two"); int m = items.Count(x => x > 1); Form f = f.With("Name", "Wrong."); }
                """"
            )
        );
        Assert.Equal(
            ["A {0} b", "Said", "Title \"quoted\"", "Wrong.", "one two"],
            used.Sentences.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal(["{0} posts"], used.Plurals.Keys);
        Assert.Single(used.NotLiteral);
    }

    private static HashSet<string> Values(string sentence) =>
        [.. Regex.Matches(sentence, @"\{\d+\}").Select(m => m.Value)];

    private static Dictionary<string, JsonElement> Read(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            File.ReadAllText(Path.Combine(SourceTree.Root, "src/Lpsa.Web/i18n", language + ".json"))
        )!;

    private static UsedSentences Find()
    {
        var services = new ServiceCollection();
        services.AddPlatform(PlatformOptions.Read(_ => null), typeof(Product).Assembly, Product.Modules);
        using var provider = services.BuildServiceProvider();
        return UsedSentences.OfProduct(provider.GetRequiredService<ModuleRegistry>());
    }
}
