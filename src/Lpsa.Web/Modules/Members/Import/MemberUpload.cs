using System.Text.Json;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

public enum MemberUploadState
{
    /// <summary>The columns are being told.</summary>
    Arrived,
    Checking,

    /// <summary>What would become of each row is known; nothing was changed.</summary>
    Checked,
    Running,

    /// <summary>Held by a person in the middle; can go on.</summary>
    Stopped,
    Done,

    /// <summary>The file cannot be read.</summary>
    Unreadable,

    /// <summary>Taken back before it was run.</summary>
    Discarded,
}

/// <summary>
/// A file of people that staff sent through the pages, from its arrival to its result. The bytes are kept only as long
/// as they are needed; the counts stay.
/// </summary>
public sealed class MemberUpload
{
    /// <summary>Findings and differences name people; longer than this nobody looks into them.</summary>
    public static readonly TimeSpan LinesKept = TimeSpan.FromDays(30);

    /// <summary>A file that nobody ran by then is forgotten.</summary>
    public static readonly TimeSpan FileKept = TimeSpan.FromDays(2);

    public Guid Id { get; private set; }
    public string File { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Key among the <see cref="PrivateFiles"/>; null once the file is deleted.</summary>
    public string? Stored { get; private set; }
    public Guid? ByAccount { get; private set; }
    public MemberUploadState State { get; private set; }

    /// <summary><see cref="MemberFileShape"/> as JSON; its example rows go with the file.</summary>
    public string Shape { get; private set; } = "{}";

    /// <summary>Field by folded header, as JSON, where the usual names do not serve.</summary>
    public string Fields { get; private set; } = "{}";
    public bool KeepsGoing { get; private set; }

    /// <summary>As in <see cref="MemberTable.Format"/>.</summary>
    public string Format { get; private set; } = "";

    /// <summary>Why the file cannot be read, with the place.</summary>
    public string? Problem { get; private set; }
    public int RowsTotal { get; private set; }

    /// <summary>Written at the end of each batch, with what the batch changed: a run that died goes on from there.</summary>
    public int RowsDone { get; private set; }
    public int Taken { get; private set; }
    public int Changed { get; private set; }
    public int Unchanged { get; private set; }
    public int Suppressed { get; private set; }
    public int Rejected { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime? StartedAt { get; private set; }
    public DateTime? EndedAt { get; private set; }

    public bool IsUnderWay => State is MemberUploadState.Checking or MemberUploadState.Running;
    public string Path => "/admin/members/import/" + Id;

    internal static MemberUpload Arrive(
        string file,
        long length,
        string stored,
        MemberFileShape shape,
        Guid? by,
        DateTime now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            File = file,
            Length = length,
            Stored = stored,
            Shape = JsonSerializer.Serialize(shape),
            Format = shape.Parts[0].Format,
            ByAccount = by,
            CreatedAt = now,
        };

    internal MemberFileShape ReadShape() => JsonSerializer.Deserialize<MemberFileShape>(Shape)!;

    internal IReadOnlyDictionary<string, MemberField> ReadFields() =>
        JsonSerializer.Deserialize<Dictionary<string, MemberField>>(Fields)!;

    /// <summary>Starts the check, which changes no member.</summary>
    internal void Check(IReadOnlyDictionary<string, MemberField> fields)
    {
        (State, Fields) = (MemberUploadState.Checking, JsonSerializer.Serialize(fields));
        Count(0, 0, default);
        (Rejected, Problem) = (0, null);
    }

    internal void Told(string format, int total, int rejected, MemberUploadCounts counts)
    {
        (State, Format, Rejected) = (MemberUploadState.Checked, format, rejected);
        Count(total, total, counts);
    }

    internal void Start(bool keepsGoing, DateTime now)
    {
        (State, KeepsGoing, StartedAt) = (MemberUploadState.Running, keepsGoing, now);
        Count(RowsTotal, 0, default);
    }

    /// <summary>Back to the columns.</summary>
    internal void Reconsider() => State = MemberUploadState.Arrived;

    internal void Stop() => State = MemberUploadState.Stopped;

    internal void GoOn() => State = MemberUploadState.Running;

    /// <summary>The file is still to be deleted (see <see cref="MemberUploadUpkeep"/>).</summary>
    internal void End(MemberUploadState state, string? problem, DateTime now) =>
        (State, Problem, EndedAt) = (state, problem, now);

    /// <summary>The bytes are deleted, and so are the rows of them that were shown as examples.</summary>
    internal void Forget()
    {
        Stored = null;
        Shape = JsonSerializer.Serialize(ReadShape().WithoutExamples());
    }

    private void Count(int total, int done, MemberUploadCounts counts) =>
        (RowsTotal, RowsDone, Taken, Changed, Unchanged, Suppressed) = (
            total,
            done,
            counts.Taken,
            counts.Changed,
            counts.Unchanged,
            counts.Suppressed
        );

    internal sealed class Map : IEntityTypeConfiguration<MemberUpload>
    {
        public void Configure(EntityTypeBuilder<MemberUpload> entity)
        {
            entity.ToTable("member_uploads").IsAudited(nameof(Shape), nameof(Stored));
            entity.Property(u => u.Id).ValueGeneratedNever();
            entity.Property(u => u.Shape).IsJson();
            entity.Property(u => u.Fields).IsJson();
            entity.Ignore(u => u.IsUnderWay);
            entity.Ignore(u => u.Path);
            entity.Property(u => u.ByAccount).WhenMerged(WhenMerged.Moves);
            entity
                .HasOne<Account>()
                .WithMany()
                .HasForeignKey(u => u.ByAccount)
                .OnDelete(Microsoft.EntityFrameworkCore.DeleteBehavior.SetNull);
            entity.HasIndex(u => u.ByAccount);
            entity.HasIndex(u => u.CreatedAt);
        }
    }
}

/// <summary>What became of rows so far.</summary>
internal readonly record struct MemberUploadCounts(int Taken, int Changed, int Unchanged, int Suppressed)
{
    public MemberUploadCounts With(MemberDifferenceKind kind) =>
        kind switch
        {
            MemberDifferenceKind.New => this with { Taken = Taken + 1 },
            MemberDifferenceKind.Changed => this with { Changed = Changed + 1 },
            MemberDifferenceKind.Suppressed => this with { Suppressed = Suppressed + 1 },
            _ => this with { Unchanged = Unchanged + 1 },
        };
}

public enum MemberUploadLineKind
{
    /// <summary>The row is not taken.</summary>
    Rejected,

    /// <summary>The row is taken without this value.</summary>
    Lost,
    New,
    Changed,
    Suppressed,
    Left,
}

/// <summary>What the check found about one row or value of a file.</summary>
public sealed class MemberUploadLine
{
    public Guid UploadId { get; private set; }
    public int Number { get; private set; }
    public MemberUploadLineKind Kind { get; private set; }
    public string Part { get; private set; } = "";
    public long Line { get; private set; }

    /// <summary>The column; empty where the row as a whole is meant.</summary>
    public string Field { get; private set; } = "";
    public string Value { get; private set; } = "";
    public string Reason { get; private set; } = "";

    internal static MemberUploadLine Of(
        Guid upload,
        int number,
        MemberUploadLineKind kind,
        string part,
        long line,
        string field,
        string value,
        string reason
    ) =>
        new()
        {
            UploadId = upload,
            Number = number,
            Kind = kind,
            Part = Clean(part),
            Line = line,
            Field = Clean(field),
            Value = Clean(value),
            Reason = reason,
        };

    /// <summary>PostgreSQL refuses the character zero in a text.</summary>
    private static string Clean(string text) => text.Replace('\0', '␣');

    internal sealed class Map : IEntityTypeConfiguration<MemberUploadLine>
    {
        public void Configure(EntityTypeBuilder<MemberUploadLine> entity)
        {
            entity.ToTable("member_upload_lines");
            entity.HasKey(l => new { l.UploadId, l.Number });
            entity.HasOne<MemberUpload>().WithMany().HasForeignKey(l => l.UploadId);
            entity.HasIndex(l => new
            {
                l.UploadId,
                l.Kind,
                l.Number,
            });
        }
    }
}
