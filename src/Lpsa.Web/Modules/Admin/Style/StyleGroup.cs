using Microsoft.AspNetCore.Components;

namespace Lpsa.Admin;

/// <summary>A family of parts on the style page. Names are those of the code, so they stay as they are in every language.</summary>
internal sealed record StyleGroup(string Id, string Title, Func<ShowStyle.Variant, RenderFragment> Draw)
{
    public static IReadOnlyList<StyleGroup> All { get; } =
    [
        Of<TypeSamples>("type", "Type and prose"),
        Of<ColourSamples>("colour", "Colour and mark"),
        Of<WordSamples>("words", "Tag, Badge, AgeMark, Credits, Callout, LanguageNote, SourceLine"),
        Of<FormSamples>("form", "FormErrors, TextField, TextArea, SelectField, CheckboxList, DateField, FileField"),
        Of<ListSamples>("list", "Breadcrumbs, Tabs, Facets, ItemList, Pagination"),
        Of<TableSamples>("table", "DataTable, FactList, KeyFigures"),
        Of<StateSamples>("state", "ProgressBar, EmptyState, ConfirmBox, TextChanges"),
    ];

    private static StyleGroup Of<TSamples>(string id, string title)
        where TSamples : StyleSamples =>
        new(
            id,
            title,
            variant =>
                builder =>
                {
                    builder.OpenComponent<TSamples>(0);
                    builder.AddComponentParameter(1, nameof(StyleSamples.Variant), variant);
                    builder.CloseComponent();
                }
        );
}

/// <summary>Samples in one variant.</summary>
public abstract class StyleSamples : Lpsa.Platform.View
{
    [Parameter]
    public ShowStyle.Variant Variant { get; set; } = null!;

    protected SampleWords Words => Variant.Words;
}
