namespace Lpsa.Platform;

/// <summary>A row that was not taken, or taken with a loss: where it stands and why.</summary>
/// <param name="Line">From 1; 0 when the format has no lines.</param>
/// <param name="Value">The text that was wrong, shortened.</param>
/// <param name="IsRejected">The row was left out; otherwise it came along without this part.</param>
public sealed record ImportFinding(
    string File,
    long Line,
    string Column,
    string Value,
    string Reason,
    bool IsRejected = true
)
{
    public override string ToString() =>
        $"{File}:{Line}: {Column}: {(Value.Length > 80 ? Value[..80] + "…" : Value)}: {Reason}";
}

/// <summary>What an import did: taken new, changed, left as it was, and what was wrong.</summary>
public sealed class ImportReport
{
    private readonly List<ImportFinding> findings = [];

    public int Taken { get; set; }
    public int Changed { get; set; }
    public int Left { get; set; }
    public IReadOnlyList<ImportFinding> Findings => findings;
    public int Rejected => findings.Count(f => f.IsRejected);

    /// <summary>Counts in what a further file of the same import did.</summary>
    public void Add(ImportReport further)
    {
        (Taken, Changed, Left) = (Taken + further.Taken, Changed + further.Changed, Left + further.Left);
        findings.AddRange(further.Findings);
    }

    public void Find(ImportFinding finding) => findings.Add(finding);
}

/// <summary>The file cannot be read at all; nothing was changed.</summary>
public sealed class ImportException(string file, long line, string reason) : Exception($"{file}:{line}: {reason}");
