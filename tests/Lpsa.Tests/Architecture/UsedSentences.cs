using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>Every English sentence that the product shows to people, with the place that says it.</summary>
internal sealed partial class UsedSentences
{
    public Dictionary<string, string> Sentences { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, string> Plurals { get; } = new(StringComparer.Ordinal);

    /// <summary>Calls whose sentence is not a literal: no file can be held against those.</summary>
    public List<string> NotLiteral { get; } = [];

    public static UsedSentences OfProduct(ModuleRegistry modules)
    {
        var used = new UsedSentences();
        foreach (var file in SourceTree.Under("src", ".cs", ".razor"))
            used.Scan(file);
        used.Take(modules);
        used.Take(typeof(ErrorModel).Assembly);
        used.Take(typeof(Product).Assembly);
        return used;
    }

    public void Scan(SourceFile file)
    {
        // Blanked, not cut, so that the lines keep their numbers.
        var text = Regex.Replace(file.Text, @"^\s*//.*$", "", RegexOptions.Multiline);
        foreach (Match call in Calls().Matches(text))
        {
            var place = $"{file.Path}:{text.AsSpan(0, call.Index).Count('\n') + 1}";
            var sentence = string.Concat(
                Literals().Matches(call.Groups["text"].Value).Select(m => Unescape(m.Groups[1].Value))
            );
            (call.Groups["name"].Value is "N" or "Count" ? Plurals : Sentences).TryAdd(sentence, place);
        }
        foreach (Match call in Indirect().Matches(file.Code))
            if (file.Name is not ("View.cs"))
                NotLiteral.Add($"{file.Path}: {call.Value}…");
    }

    private void Take(ModuleRegistry modules)
    {
        foreach (var item in modules.Nav.Concat(modules.AdminNav))
            Add(item.Label, "menu " + item.Path);
        foreach (var permission in modules.Permissions)
            Add(permission.Description, "permission " + permission.Name);
        foreach (var feed in modules.FeedOffers)
            Add(feed.Title, "feed " + feed.Path);
        foreach (var source in modules.SearchSources)
            Add(source.Label, "search " + source.Kind);
        foreach (var kpi in modules.Kpis)
        {
            Add(kpi.Label, "figure " + kpi.Code);
            Add(kpi.Definition, "figure " + kpi.Code);
        }
        foreach (var setting in modules.Settings)
        {
            Add(setting.Label, "setting " + setting.Key);
            Add(setting.Hint, "setting " + setting.Key);
        }
        foreach (var words in FormWords.All)
            Add(words, "forms");
        var errors = typeof(ErrorModel)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => f.GetValue(null))
            .Concat(
                typeof(ErrorModel)
                    .GetProperties(BindingFlags.Public | BindingFlags.Static)
                    .Select(p => p.GetValue(null))
            )
            .OfType<ErrorModel>()
            .Append(ErrorModel.Fault(""));
        foreach (var error in errors)
        foreach (var sentence in (string[])[error.Title, error.What, error.Next])
            Add(sentence, "error page");
    }

    private void Take(Assembly assembly)
    {
        foreach (var property in assembly.GetTypes().SelectMany(t => t.GetProperties()))
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            Add(rule.ErrorMessage ?? FormWords.Of(rule), $"{property.DeclaringType!.FullName}.{property.Name}");
    }

    private void Add(string sentence, string place)
    {
        if (sentence != "")
            Sentences.TryAdd(sentence, place);
    }

    private static string Unescape(string literal) =>
        Regex.Replace(
            literal,
            @"\\(?:u([0-9a-fA-F]{4})|(.))",
            m =>
                m.Groups[1].Success ? ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString()
                : m.Groups[2].Value == "n" ? "\n"
                : m.Groups[2].Value
        );

    private const string Text = "(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\\\n]|\\\\.)*\")*)";

    [GeneratedRegex(
        @"(?:(?<![\w.])(?:words\.)?(?<name>L|N)\(\s*|\.(?<name>Say|Saying)\(\s*|\b[tT]exts\.(?<name>Count)\(\s*|\bSentence\.(?<name>Of)\(\s*|\b(?:form|f)\.(?<name>With)\(\s*(?:""(?:[A-Z]\w*)?""|nameof\([\w.]+\)),\s*)"
            + Text
    )]
    private static partial Regex Calls();

    [GeneratedRegex("\"((?:[^\"\\\\\\n]|\\\\.)*)\"")]
    private static partial Regex Literals();

    // The code has its literals blanked, so a call by a literal shows nothing before the next comma or bracket.
    [GeneratedRegex(@"(?<![\w.])[LN]\(\s*(?!string )[A-Za-z@$(][^,)\n]{0,30}")]
    private static partial Regex Indirect();
}
