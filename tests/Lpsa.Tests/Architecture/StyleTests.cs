using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Lpsa.Tests;

/// <summary>The house rules that a machine can hold.</summary>
public sealed partial class StyleTests
{
    private const int LongestFile = 350;
    private const string PhysicalSide =
        @"(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right)[\w-]*|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b";

    private static readonly IReadOnlyList<SourceFile> Sources =
    [
        .. SourceTree.Under("src").Concat(SourceTree.Under("tests")).Concat(SourceTree.Under("bench")),
    ];

    private static IEnumerable<SourceFile> Code => Sources.Where(f => f.Extension is ".cs" or ".razor");
    private static IEnumerable<SourceFile> Razor => Sources.Where(f => f.Extension == ".razor");

    [Fact]
    public void No_file_is_longer_than_a_reader_bears() =>
        Breaches.None(
            Code.Where(f => f.Text.Count(c => c == '\n') > LongestFile)
                .Select(f => $"{f.Path} has {f.Text.Count(c => c == '\n')} lines")
        );

    [Fact]
    public void Code_has_no_regions() => Refuse(Code, @"^\s*#region");

    [Fact]
    public void Types_are_named_after_what_they_are() =>
        Refuse(
            Code,
            @"\b(?:class|record|struct|interface)\s+\w*(?:Helpers?|Managers?|Utils?|Utilit(?:y|ies)|(?<=[a-z])Base)\b"
        );

    [Fact]
    public void Nothing_is_left_for_later() =>
        Refuse(
            Sources.Where(f =>
                f.Extension is ".cs" or ".razor" or ".css" or ".js" or ".sql" && f.Name != "StyleTests.cs"
            ),
            @"\b(?:TODO|FIXME|HACK|XXX)\b|NotImplementedException|(?i:coming soon|lorem ipsum)"
        );

    [Fact]
    public void Style_sheets_know_start_and_end_but_not_left_and_right() =>
        Refuse(Sources.Where(f => f.Extension == ".css"), PhysicalSide);

    [Fact]
    public void Components_carry_no_inline_style_script_or_handler() =>
        Refuse(
            // A letter has no address to load a style sheet from; its rules travel with it.
            Razor.Where(f => f.Name != "LetterFrame.razor"),
            @"\sstyle\s*=|<style\b|<script\b(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|\son[a-z]+\s*=\s*""|javascript:"
        );

    [Fact]
    public void Components_are_pure_templates() =>
        Refuse(
            Razor,
            @"@inject\b|@page\b|@rendermode\b|OnInitialized|OnParametersSet|EventCallback|MarkupString|\basync\b"
        );

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on() =>
        Refuse(
            SourceTree.All.Where(f => f.Name != "StyleTests.cs"),
            @"(?<![\w.:])/(?:work|home|root|Users)/[a-z]|/tmp/wt\b|[A-Z]:\\\\?Users|\bh-seed\b|registry\.npmjs\.org|api\.nuget\.org|pypi\.org|artifactory|\bnexus\b"
        );

    [Fact]
    public void Namespaces_follow_the_project_and_the_module() =>
        Breaches.None(
            Sources
                .Where(f => f.Extension == ".cs" && f.Path.StartsWith("src/", StringComparison.Ordinal))
                .Where(f => Namespace().Match(f.Text) is { Success: true } m && m.Groups[1].Value != Expected(f))
                .Select(f => $"{f.Path} should be in namespace {Expected(f)}")
        );

    [Fact]
    public async Task Every_file_is_formatted()
    {
        using var check = Process.Start(
            new ProcessStartInfo("dotnet", "csharpier check .")
            {
                WorkingDirectory = SourceTree.Root,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var said = await Task.WhenAll(check.StandardOutput.ReadToEndAsync(), check.StandardError.ReadToEndAsync());
        await check.WaitForExitAsync();
        Assert.True(
            check.ExitCode == 0,
            "Run “dotnet tool restore”, then “dotnet csharpier format .”:\n" + string.Join('\n', said)
        );
    }

    [Theory]
    [InlineData(".a { margin-left: 1px }")]
    [InlineData(".a{left:0}")]
    [InlineData(".a { text-align: right; }")]
    [InlineData(".a { border-top-left-radius: 2px; }")]
    public void A_side_named_by_hand_is_caught(string css) => Assert.Matches(PhysicalSide, css);

    [Theory]
    [InlineData(".a { margin-inline-start: 1px; text-align: start; inset-inline-end: 0 }")]
    [InlineData(".left-out { color: red }")]
    public void Start_and_end_are_let_through(string css) => Assert.DoesNotMatch(PhysicalSide, css);

    private static void Refuse(IEnumerable<SourceFile> files, string pattern) =>
        Breaches.None(
            files.SelectMany(f =>
                Regex
                    .Matches(f.Text, pattern, RegexOptions.Multiline)
                    .Select(m => $"{f.Path}:{f.LineOf(m.Index)}: {m.Value.Trim()}")
            )
        );

    private static string Expected(SourceFile file)
    {
        var parts = file.Path.Split('/');
        return parts is ["src", "Lpsa.Web", "Modules", var module, _, ..] ? "Lpsa." + module
            : parts[1] == "Lpsa.Web" ? "Lpsa"
            : parts[1];
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
