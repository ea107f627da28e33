namespace Lpsa.Platform;

/// <summary>
/// A backup is one ZIP file: <c>manifest.json</c>, <c>tables/NAME.jsonl</c> with one JSON array for each row, and
/// <c>files/HASH</c>. It holds no word of SQL, so a backup of SQLite is restored into PostgreSQL and the other way.
/// </summary>
internal static class BackupFormat
{
    public const int Version = 1;
    public const string ManifestName = "manifest.json";

    public static string TableEntry(string table) => $"tables/{table}.jsonl";

    public static string FileEntry(string hash) => "files/" + hash;
}

/// <param name="Schema">Schema files the data belongs to, in order; a newer program restores an older backup by them.</param>
/// <param name="AuditHead">Hash of the last line of the audit log: shows later whether lines were cut off its end.</param>
/// <param name="MissingFiles">Hashes that the database names and nobody could find when the backup was made.</param>
public sealed record BackupManifest(
    int Version,
    DateTime MadeAt,
    IReadOnlyList<string> Schema,
    IReadOnlyList<BackupTable> Tables,
    IReadOnlyList<BackupFile> Files,
    string AuditHead,
    IReadOnlyList<string> MissingFiles
)
{
    public long Rows => Tables.Sum(t => t.Rows);
}

/// <param name="Checksum">SHA-256 of the unpacked entry, lower-case hexadecimal.</param>
public sealed record BackupTable(string Name, IReadOnlyList<string> Columns, long Rows, string Checksum);

public sealed record BackupFile(string Hash, long Length);

/// <summary>A backup that cannot be used, or a place it cannot be used at; nothing was changed.</summary>
public sealed class BackupException(string reason) : Exception(reason);
