using System.ComponentModel.DataAnnotations;
using System.Globalization;
using AngleSharp.Dom;
using Lpsa.Platform;

// Parameters are set from outside here as HtmlPainter does; there is no renderer that would lose them.
#pragma warning disable BL0005

namespace Lpsa.Tests;

public sealed class PartsTests
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>&lt;";

    private sealed record Sample
    {
        [Required(ErrorMessage = "Enter a title."), StringLength(20, ErrorMessage = "Too long.")]
        public string Title { get; init; } = "";
        public string[] Themes { get; init; } = [];
    }

    private static readonly Dictionary<string, string> Drawn = DrawAll();

    public static TheoryData<string> Parts => new(Drawn.Keys);

    private static Dictionary<string, string> DrawAll()
    {
        FieldState field = new(Hostile, Hostile, Hostile) { Values = [Hostile], Error = Hostile };
        Choice[] choices = [new(Hostile, Hostile, Hostile, Hostile), new("b", Hostile)];
        FacetGroup[] facets = [new(Hostile, Hostile, [new(Hostile, Hostile, 3)], Several: true)];
        var query = "?" + Uri.EscapeDataString(Hostile) + "=" + Uri.EscapeDataString(Hostile);
        return new()
        {
            { nameof(TextField), Painting.Draw<TextField>(p => (p.Field, p.Autocomplete) = (field, Hostile)) },
            { nameof(TextArea), Painting.Draw<TextArea>(p => p.Field = field) },
            {
                nameof(SelectField),
                Painting.Draw<SelectField>(p => (p.Field, p.Choices, p.Unchosen) = (field, choices, Hostile))
            },
            { nameof(CheckboxList), Painting.Draw<CheckboxList>(p => (p.Field, p.Choices) = (field, choices)) },
            { nameof(CheckField), Painting.Draw<CheckField>(p => p.Field = field) },
            { nameof(DateField), Painting.Draw<DateField>(p => (p.Field, p.Min) = (field, Hostile)) },
            { nameof(FileField), Painting.Draw<FileField>(p => (p.Field, p.Accept) = (field, Hostile)) },
            {
                nameof(FormErrors),
                Painting.Draw<FormErrors>(p => p.Errors = [new FormError(Hostile, Hostile), new FormError("", Hostile)])
            },
            { nameof(Facets), Painting.Draw<Facets>(p => p.Groups = facets, Painting.Page("/x", query)) },
            { nameof(ChosenFacets), Painting.Draw<ChosenFacets>(p => p.Groups = facets, Painting.Page("/x", query)) },
            { nameof(Pagination), Painting.Draw<Pagination>(p => p.Pages = 9, Painting.Page("/x", query)) },
            { nameof(SortLink), Painting.Draw<SortLink>(p => (p.Key, p.Label) = (Hostile, Hostile)) },
            { nameof(Tag), Painting.Draw<Tag>(p => (p.Label, p.Path) = (Hostile, Hostile)) },
            { nameof(Badge), Painting.Draw<Badge>(p => p.Label = Hostile) },
            { nameof(Breadcrumbs), Painting.Draw<Breadcrumbs>(p => p.Trail = [(Hostile, Hostile)]) },
            { nameof(Callout), Painting.Draw<Callout>(p => p.Title = Hostile) },
            {
                nameof(EmptyState),
                Painting.Draw<EmptyState>(p => (p.Title, p.ActionLabel, p.ActionPath) = (Hostile, Hostile, Hostile))
            },
            { nameof(ProgressBar), Painting.Draw<ProgressBar>(p => (p.Label, p.Id) = (Hostile, Hostile)) },
            {
                nameof(ItemList),
                Painting.Draw<ItemList>(p =>
                    p.Items = [
                        new(Hostile, Hostile)
                        {
                            Kind = Hostile,
                            Summary = Hostile,
                            Language = Hostile,
                            Date = DateTime.UnixEpoch,
                            Places = [(Hostile, Hostile)],
                        },
                    ]
                )
            },
            { nameof(Credits), Painting.Draw<Credits>(p => p.People = [new(Hostile, Hostile, Hostile)]) },
            { nameof(FactList), Painting.Draw<FactList>(p => p.Facts = [(Hostile, Hostile)]) },
            { nameof(KeyFigures), Painting.Draw<KeyFigures>(p => p.Figures = [(Hostile, Hostile)]) },
            { nameof(Tabs), Painting.Draw<Tabs>(p => (p.Label, p.Links) = (Hostile, [new(Hostile, Hostile, 2)])) },
            { nameof(SourceLine), Painting.Draw<SourceLine>(p => (p.Name, p.Address) = (Hostile, Hostile)) },
            { nameof(DataTable), Painting.Draw<DataTable>(p => p.Caption = Hostile) },
            {
                nameof(ConfirmBox),
                Painting.Draw<ConfirmBox>(p =>
                    (p.Title, p.Losses, p.ButtonLabel, p.ActionPath, p.CancelPath) = (
                        Hostile,
                        [Hostile],
                        Hostile,
                        Hostile,
                        Hostile
                    )
                )
            },
        };
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void No_part_lets_a_hostile_text_become_markup(string part)
    {
        var body = Browsing.Parse(Drawn[part]).Body!;
        Assert.Empty(body.QuerySelectorAll("script, img"));
        Assert.DoesNotContain(
            body.QuerySelectorAll("*"),
            e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Every_part_on_the_list_is_tried_with_a_hostile_text()
    {
        // These take no text of a person: dates, counts, languages, or only what another part hands on.
        string[] without =
        [
            "AgeMark",
            "AntiforgeryToken",
            "FacetLinks",
            "FieldFrame",
            "FieldWords",
            "LanguageNote",
            "Mark",
            "SelectOptions",
            "TextChanges",
            "Time",
        ];
        var known = Drawn.Keys.Concat(without);
        var parts = typeof(View)
            .Assembly.GetExportedTypes()
            .Where(t => t.IsSubclassOf(typeof(View)) && !t.IsAbstract)
            .Select(t => t.Name)
            .Where(name => File.Exists(Path.Combine(SourceRoot, "src/Lpsa.Platform/Ui", name + ".razor")));
        Assert.Empty(parts.Except(known));
    }

    [Fact]
    public void A_source_with_an_address_that_would_run_is_shown_without_the_link() =>
        Assert.Empty(
            Browsing
                .Parse(Painting.Draw<SourceLine>(p => (p.Name, p.Address) = ("A", "javascript:alert(1)")))
                .QuerySelectorAll("a[href^=javascript]")
        );

    [Fact]
    public void A_field_knows_its_limits_from_the_record_and_keeps_what_was_typed()
    {
        var form = Form<Sample>.From(
            [new("Title", ["a title that is far too long for it"])],
            CultureInfo.InvariantCulture
        );
        var html = Browsing.Parse(Painting.Draw<TextField>(p => p.Field = form.Field("Title", "Title", "A hint")));
        var input = html.QuerySelector("input")!;
        Assert.Equal("a title that is far too long for it", input.GetAttribute("value"));
        Assert.Equal("20", input.GetAttribute("maxlength"));
        Assert.True(input.HasAttribute("required"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.All(input.GetAttribute("aria-describedby")!.Split(' '), id => Assert.NotNull(html.GetElementById(id)));
        Assert.Equal(input.Id, html.QuerySelector("label")!.GetAttribute("for"));
    }

    [Fact]
    public void The_summary_of_mistakes_leads_to_the_fields()
    {
        var html = Browsing.Parse(
            Painting.Draw<FormErrors>(p =>
                (p.Errors, p.Labels) = (
                    [new FormError("Title", "Too long.")],
                    new Dictionary<string, string> { ["Title"] = "Heading" }
                )
            )
        );
        var link = html.QuerySelector("[role=alert] a")!;
        Assert.Equal("#Title", link.GetAttribute("href"));
        Assert.Equal("Heading: Too long.", link.TextContent);
    }

    [Fact]
    public void A_form_without_mistakes_has_no_summary() =>
        Assert.Equal("", Painting.Draw<FormErrors>(_ => { }).Trim());

    [Theory]
    [InlineData("2026-06-01", "fresh")]
    [InlineData("2025-11-21", "ageing")]
    [InlineData("2023-11-21", "old")]
    public void The_age_mark_says_how_long_ago_somebody_looked(string day, string state) =>
        Assert.Contains(
            $"age {state}",
            Painting.Draw<AgeMark>(p => p.Checked = DateOnly.Parse(day, CultureInfo.InvariantCulture)),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 3, "1 2 3")]
    [InlineData(5, 9, "1 … 4 5 6 … 9")]
    [InlineData(3, 9, "1 2 3 4 … 9")]
    [InlineData(9, 9, "1 … 8 9")]
    public void Paging_shows_the_ends_and_the_neighbours(int current, int pages, string shown)
    {
        var html = Browsing.Parse(Painting.Draw<Pagination>(p => (p.Current, p.Pages) = (current, pages)));
        foreach (var unseen in html.QuerySelectorAll(".hidden").ToList())
            unseen.Remove();
        var numbers = html.QuerySelectorAll("nav > *:not([rel])").Select(e => e.TextContent.Trim());
        Assert.Equal(shown, string.Join(' ', numbers));
    }

    [Fact]
    public void A_chosen_facet_links_to_the_list_without_it_and_keeps_the_others()
    {
        FacetGroup[] groups =
        [
            new("theme", "Theme", [new("water", "Water", 4)]),
            new("region", "Region", [new("mena", "Arab states", 2)]),
        ];
        var html = Browsing.Parse(
            Painting.Draw<Facets>(p => p.Groups = groups, Painting.Page("/posts", "?theme=water&region=mena&page=3"))
        );
        Assert.Equal(
            ["/posts?region=mena", "/posts?theme=water"],
            html.QuerySelectorAll(".facets a[aria-current]").Select(a => a.GetAttribute("href"))
        );
    }

    [Fact]
    public void Only_a_known_person_gets_a_form_token()
    {
        var amina = new Viewer { AccountId = Guid.CreateVersion7(), Name = "Amina" };
        Assert.Equal("", Painting.Draw<AntiforgeryToken>(_ => { }).Trim());
        Assert.Contains(
            "a-token",
            Painting.Draw<AntiforgeryToken>(_ => { }, Painting.Page(viewer: amina)),
            StringComparison.Ordinal
        );
    }

    private static string SourceRoot
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Lpsa.slnx")))
                folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }
}
