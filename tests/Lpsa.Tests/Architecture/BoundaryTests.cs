using System.Text.RegularExpressions;

namespace Lpsa.Tests;

public sealed class BoundaryTests
{
    private static readonly SourceFile Contract = new(
        "src/Lpsa.Web/Modules/Zebras/Contracts.cs",
        "namespace Lpsa.Zebras;\n\npublic sealed record ZebraBorn(Guid Id);\n"
    );

    private static readonly SourceFile Secret = new(
        "src/Lpsa.Web/Modules/Zebras/ZebraStripes.cs",
        "namespace Lpsa.Zebras;\n\ninternal sealed class ZebraStripes { }\n"
    );

    [Fact]
    public void A_module_uses_only_the_contract_of_another_module() =>
        Breaches.None(new Boundaries(SourceTree.All).Violations);

    [Fact]
    public void No_module_depends_on_itself_through_others() => Assert.Null(new Boundaries(SourceTree.All).Circle);

    [Theory]
    [InlineData("using Lpsa.Zebras;\nnamespace Lpsa.Cats;\nclass Cat { ZebraStripes stripes; }")]
    [InlineData("namespace Lpsa.Cats;\nclass Cat { object s = new Lpsa.Zebras.ZebraStripes(); }")]
    [InlineData("namespace Lpsa.Cats;\nclass Cat { object s = new Zebras.ZebraStripes(); }")]
    public void A_file_that_reaches_into_another_module_is_caught(string bad)
    {
        var cat = new SourceFile("src/Lpsa.Web/Modules/Cats/Cat.cs", bad);
        var violation = Assert.Single(new Boundaries([Contract, Secret, cat]).Violations);
        Assert.Equal($"{cat.Path}: Zebras.ZebraStripes is not in the contract of Zebras", violation);
    }

    [Fact]
    public void A_component_of_another_module_is_caught_too()
    {
        var view = new SourceFile("src/Lpsa.Web/Modules/Zebras/ZebraCard.razor", "<p>…</p>");
        var page = new SourceFile("src/Lpsa.Web/Modules/Cats/CatPage.razor", "@using Lpsa.Zebras\n<ZebraCard />");
        Assert.Single(new Boundaries([Contract, view, page]).Violations);
    }

    [Fact]
    public void Using_a_contract_and_naming_a_thing_in_a_comment_or_a_sentence_is_fine()
    {
        var cat = new SourceFile(
            "src/Lpsa.Web/Modules/Cats/Cat.cs",
            "using Lpsa.Zebras;\nnamespace Lpsa.Cats;\n// unlike ZebraStripes\nclass Cat { ZebraBorn b; string s = \"ZebraStripes\"; }"
        );
        Assert.Empty(new Boundaries([Contract, Secret, cat]).Violations);
    }

    [Fact]
    public void A_circle_of_contracts_is_caught_and_shown()
    {
        var back = new SourceFile("src/Lpsa.Web/Modules/Zebras/Z.cs", "using Lpsa.Cats;\nnamespace Lpsa.Zebras;");
        var cat = new SourceFile("src/Lpsa.Web/Modules/Cats/Cat.cs", "using Lpsa.Zebras;\nnamespace Lpsa.Cats;");
        Assert.Equal("Cats → Zebras → Cats", new Boundaries([Contract, back, cat]).Circle);
    }

    [Fact]
    public void The_platform_and_the_methods_know_no_feature()
    {
        var known = SourceTree
            .Under("src/Lpsa.Platform", ".cs", ".razor")
            .Concat(SourceTree.Under("src/Lpsa.Methods", ".cs"))
            .SelectMany(f => Foreign(f).Select(name => $"{f.Path}: {name}"));
        Breaches.None(known);
    }

    [Fact]
    public void The_imports_shared_by_all_modules_name_none_of_them() =>
        Assert.DoesNotContain(
            SourceTree.All,
            f =>
                f.Path == "src/Lpsa.Web/Modules/_Imports.razor"
                && Regex.IsMatch(f.Text, @"Lpsa\.(?!Platform\b|Methods\b)\w+")
        );

    private static IEnumerable<string> Foreign(SourceFile file)
    {
        var own = file.Path.Split('/')[1]["Lpsa.".Length..];
        return Regex
            .Matches(file.Code, @"\bLpsa\.([A-Z]\w*)")
            .Select(m => m.Groups[1].Value)
            .Where(name => name != own)
            .Distinct();
    }
}
