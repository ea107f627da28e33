using System.Text.RegularExpressions;

namespace Lpsa.Tests;

/// <summary>
/// Which module uses what of which other. Works on text, because all modules are one assembly and nothing in the
/// compiler keeps them apart.
/// </summary>
internal sealed partial class Boundaries
{
    private const string ModulesFolder = "src/Lpsa.Web/Modules/";

    private readonly List<SourceFile> files;
    private readonly HashSet<string> modules;

    /// <summary>Top-level types of a module that are not part of its contract.</summary>
    private readonly ILookup<string, string> inner;

    public Boundaries(IEnumerable<SourceFile> all)
    {
        files =
        [
            .. all.Where(f => f.Path.StartsWith(ModulesFolder, StringComparison.Ordinal) && ModuleOf(f) is not null),
        ];
        modules = [.. files.Select(f => ModuleOf(f)!)];
        inner = files
            .Where(f => f.Name != "Contracts.cs")
            .SelectMany(f => TypesOf(f).Select(t => (Module: ModuleOf(f)!, Type: t)))
            .ToLookup(t => t.Module, t => t.Type);
    }

    /// <summary>Every use of another module's inner types, as <c>path: Module.Type</c>.</summary>
    public IReadOnlyList<string> Violations =>
        [
            .. files.SelectMany(file =>
                Uses(file)
                    .SelectMany(module =>
                        inner[module]
                            .Except(inner[ModuleOf(file)!])
                            .Where(type => Mentions(file, module, type))
                            .Select(type => $"{file.Path}: {module}.{type} is not in the contract of {module}")
                    )
            ),
        ];

    /// <summary>A circle of modules that use each other's contracts, or null.</summary>
    public string? Circle
    {
        get
        {
            var edges = files
                .SelectMany(f => Uses(f).Select(m => (From: ModuleOf(f)!, To: m)))
                .Distinct()
                .ToLookup(e => e.From, e => e.To);
            var finished = new HashSet<string>();
            foreach (var start in modules.Order(StringComparer.Ordinal))
                if (Walk(start, []) is { } circle)
                    return circle;
            return null;

            string? Walk(string module, List<string> road)
            {
                if (road.Contains(module))
                    return string.Join(" → ", [.. road.SkipWhile(m => m != module), module]);
                if (finished.Contains(module))
                    return null;
                foreach (var next in edges[module])
                    if (Walk(next, [.. road, module]) is { } circle)
                        return circle;
                finished.Add(module);
                return null;
            }
        }
    }

    /// <summary>Names of modules as they appear in other code: <c>Lpsa.Events</c>.</summary>
    public IReadOnlySet<string> Modules => modules;

    private static string? ModuleOf(SourceFile file) =>
        file.Path[ModulesFolder.Length..].Split('/') is [var module, _, ..] ? module : null;

    private IEnumerable<string> Uses(SourceFile file)
    {
        var own = ModuleOf(file);
        var code = file.Code;
        return modules.Where(m => m != own && Regex.IsMatch(code, $@"\bLpsa\.{m}\b|(?<![\w.]){m}\.[A-Z]\w*"));
    }

    private static bool Mentions(SourceFile file, string module, string type) =>
        Regex.IsMatch(file.Code, $@"(?<![\w.]){type}\b(?!\s*[=;:,)](?!:))|\b{module}\.{type}\b|<{type}\b");

    private static IEnumerable<string> TypesOf(SourceFile file) =>
        file.Extension == ".razor"
            ? [Path.GetFileNameWithoutExtension(file.Name)]
            : Declarations().Matches(file.Code).Select(m => m.Groups["name"].Value);

    // File-scoped namespaces: what starts a line is not nested.
    [GeneratedRegex(
        @"^(?:(?:public|internal|sealed|static|abstract|partial|readonly|file|ref)\s+)*(?:class|struct|interface|enum|record(?:\s+struct)?|delegate\s+[\w<>\[\]?.,\s]+?)\s+(?<name>[A-Z]\w*)",
        RegexOptions.Multiline
    )]
    private static partial Regex Declarations();
}
