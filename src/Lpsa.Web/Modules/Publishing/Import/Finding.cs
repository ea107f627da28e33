namespace Lpsa.Publishing;

/// <summary>What becomes of the thing that a finding is about.</summary>
enum FindingSeverity
{
    /// <summary>Nothing is lost; good to know.</summary>
    Note,

    /// <summary>Taken, but not as it was.</summary>
    Changed,

    /// <summary>Not taken, and not meant to be: menus, spam, what only the old system could run.</summary>
    Left,

    /// <summary>Should have been taken and could not be: the fault is in the file.</summary>
    Rejected,

    /// <summary>The file cannot be used; nothing of it is taken.</summary>
    Fatal,
}

/// <summary>Something in an import file that a person should know about.</summary>
/// <param name="File">Name of the file, as given.</param>
/// <param name="Line">1-based; 0 where the place is not one line.</param>
/// <param name="Element">Name in the file, such as <c>wp:post_date_gmt</c>; empty where none applies.</param>
/// <param name="Item">Number of the item in the old system, where there is one.</param>
/// <param name="Message">One English sentence that names the value and says what is done.</param>
sealed record Finding(
    FindingSeverity Severity,
    string File,
    int Line,
    int Column,
    string Element,
    long? Item,
    string Message
)
{
    /// <summary><c>old-site.xml:12:5: wp:status of item 42: …</c></summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}:{Column}" : File;
        var about = (Element, Item) switch
        {
            ("", null) => "",
            ("", { } item) => $"item {item}: ",
            (_, null) => $"{Element}: ",
            (_, { } item) => $"{Element} of item {item}: ",
        };
        return $"{place}: {about}{Message}";
    }
}

/// <summary>
/// Collects findings. A damaged file repeats the same fault on every line, so after <see cref="MostOfAKind"/> of one
/// kind the rest is only counted: a report of a million lines helps nobody and would itself exhaust the memory.
/// </summary>
sealed class Findings(string file)
{
    public const int MostOfAKind = 50;

    private readonly List<Finding> all = [];
    private readonly Dictionary<(FindingSeverity, string), int> counts = [];

    public bool HasFatal { get; private set; }

    /// <param name="kind">Same for all findings of one kind; completes "… more like this".</param>
    public void Add(
        FindingSeverity severity,
        string kind,
        string message,
        (int Line, int Column) place = default,
        string element = "",
        long? item = null
    )
    {
        HasFatal |= severity == FindingSeverity.Fatal;
        var count = counts[(severity, kind)] = counts.GetValueOrDefault((severity, kind)) + 1;
        if (count <= MostOfAKind || severity == FindingSeverity.Fatal)
            all.Add(new(severity, file, place.Line, place.Column, element, item, message));
    }

    public IReadOnlyList<Finding> ToList() =>
        [
            .. all,
            .. counts
                .Where(c => c.Value > MostOfAKind && c.Key.Item1 != FindingSeverity.Fatal)
                .Select(c => new Finding(
                    c.Key.Item1,
                    file,
                    0,
                    0,
                    "",
                    null,
                    $"{c.Value - MostOfAKind} more like this: {c.Key.Item2}."
                )),
        ];
}
