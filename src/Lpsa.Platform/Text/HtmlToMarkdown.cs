using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Lpsa.Platform;

/// <summary>Whether something came through in another form, or not at all.</summary>
public enum ConversionOutcome
{
    Changed,
    Left,
}

/// <summary>One thing that a person may want to look at after a conversion.</summary>
/// <param name="What">Kind, the same for all of its kind: "script", "contact form".</param>
/// <param name="Detail">The part of the source that tells which one, shortened; empty when the kind says it all.</param>
public sealed record ConversionNote(ConversionOutcome Outcome, string What, string Detail);

public sealed record ConvertedText(string Markdown, IReadOnlyList<ConversionNote> Notes);

/// <summary>A picture that the text names by its number only.</summary>
public sealed record SourcePicture(string Address, string Alt, string Caption);

/// <summary>Where the HTML comes from.</summary>
public sealed record HtmlSource
{
    /// <summary>WordPress' classic editor: blank lines part paragraphs, line ends are line breaks, unless a block
    /// editor comment says otherwise. Also turns on shortcodes.</summary>
    public bool IsWordPress { get; init; } = true;

    /// <summary>What relative addresses are relative to.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>Last word on every safe, absolute address, to lead old addresses to new ones.</summary>
    public Func<string, string> Address { get; init; } = static address => address;

    /// <summary>Finds a picture by its number, for galleries.</summary>
    public Func<long, SourcePicture?> Picture { get; init; } = static _ => null;
}

/// <summary>
/// Turns HTML, above all the content of WordPress posts, into the Markdown that <see cref="Prose"/> shows. Text is
/// escaped so that it reads the same afterwards; what has no place in Markdown is changed or left, and noted.
/// </summary>
public static class HtmlToMarkdown
{
    /// <summary>In UTF-16 units; longer content is refused by the importer before it comes here.</summary>
    public const int LongestHtml = 10_000_000;

    private static readonly HtmlParserOptions Options = new()
    {
        // Deeper than any page builder; keeps the recursion below the stack's size.
        MaximumDepth = 200,
        DisableElementPositionTracking = true,
    };

    public static ConvertedText Convert(string html, HtmlSource? source = null)
    {
        source ??= new HtmlSource();
        var notes = new ConversionNotes();
        if (html.Length > LongestHtml)
        {
            notes.Left("text of more than 10 million characters", $"{html.Length}");
            return new("", notes.ToList());
        }

        var clean = WellFormedText.Of(html).ReplaceLineEndings("\n");
        if (source.IsWordPress)
            clean = new Shortcodes(clean, notes).Unfold();
        var body = new HtmlParser(Options).ParseDocument("<!DOCTYPE html><body>" + clean).Body!;
        NoteRemovedAttributes(body, notes);
        var blocks = new HtmlBlocks(source, notes).Of(body);
        return new(MarkdownBlock.Join(blocks), notes.ToList());
    }

    private static void NoteRemovedAttributes(IElement body, ConversionNotes notes)
    {
        var styled = 0;
        foreach (var element in body.QuerySelectorAll("*"))
        {
            foreach (var attribute in element.Attributes)
            {
                if (attribute.Name.StartsWith("on", StringComparison.Ordinal))
                    notes.Left("script in an attribute", $"{attribute.Name} on {element.LocalName}");
                else if (attribute.Name == "style")
                    styled++;
            }
        }
        if (styled > 0)
            notes.Changed("styling of single elements", $"{styled}");
    }
}

/// <summary>Collects notes, each once, and not without end.</summary>
internal sealed class ConversionNotes
{
    private const int Most = 200;
    private const int LongestDetail = 120;

    private readonly Dictionary<ConversionNote, int> notes = [];

    public void Changed(string what, string detail = "") => Add(new(ConversionOutcome.Changed, what, detail));

    public void Left(string what, string detail = "") => Add(new(ConversionOutcome.Left, what, detail));

    private void Add(ConversionNote note)
    {
        var detail = Prose.Shorten(note.Detail, LongestDetail);
        note = note with { Detail = detail };
        if (notes.Count >= Most && !notes.ContainsKey(note))
            note = note with { Detail = "and more" };
        notes[note] = notes.GetValueOrDefault(note) + 1;
    }

    public List<ConversionNote> ToList() =>
        [
            .. notes.Select(n =>
                n.Value == 1 ? n.Key : n.Key with { Detail = $"{n.Key.Detail} ({n.Value} times)".Trim() }
            ),
        ];
}
