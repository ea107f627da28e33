using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>What an import of members did, or would do.</summary>
/// <param name="hear">Hears every finding, also those that are too many to be listed.</param>
internal sealed class MemberImportReport(Action<ImportFinding>? hear = null)
{
    /// <summary>More are counted and not listed: nobody reads them, and a million would fill the memory.</summary>
    public const int MostFindings = 1_000;

    private readonly List<ImportFinding> findings = [];
    private readonly HashSet<(string, string, string)> losses = [];

    public string Format { get; set; } = "";
    public int New { get; private set; }
    public int Changed { get; private set; }
    public int Left { get; private set; }
    public int Suppressed { get; private set; }
    public int Rejected { get; private set; }
    public bool IsDone { get; set; }
    public IReadOnlyList<ImportFinding> Findings => findings;

    public void Count(MemberDifferenceKind kind)
    {
        switch (kind)
        {
            case MemberDifferenceKind.New:
                New++;
                break;
            case MemberDifferenceKind.Changed:
                Changed++;
                break;
            case MemberDifferenceKind.Suppressed:
                Suppressed++;
                break;
            default:
                Left++;
                break;
        }
    }

    public void Reject(string file, long line, string column, string value, string reason)
    {
        Rejected++;
        Add(new ImportFinding(file, line, column, Shown(value), reason));
    }

    /// <summary>The row comes along without this; the same loss is told once, where it is met first.</summary>
    public void Lose(string file, long line, string column, string value, string reason)
    {
        if (losses.Count < MostFindings && losses.Add((column, value, reason)))
            Add(new ImportFinding(file, line, column, Shown(value), reason, IsRejected: false));
    }

    private void Add(ImportFinding finding)
    {
        hear?.Invoke(finding);
        if (findings.Count < MostFindings)
            findings.Add(finding);
    }

    /// <summary>A control character in a value must not reach the terminal of who reads the report.</summary>
    private static string Shown(string value) =>
        string.Concat((value.Length > 80 ? value[..80] + "…" : value).Select(c => char.IsControl(c) ? '␣' : c));
}
