using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Members;

/// <summary>
/// One import that changed something. The people in it are too many for a line each in the audit log; this line is
/// there instead, and their origin and consent point back to the file.
/// </summary>
public sealed class MemberImport
{
    public Guid Id { get; private set; }
    public DateTime At { get; private set; }
    public string File { get; private set; } = "";

    /// <summary><c>mailchimp</c>, <c>listmonk</c>, <c>ghost</c>, <c>csv</c>, <c>excel</c> or <c>own</c>.</summary>
    public string Format { get; private set; } = "";
    public int Taken { get; private set; }
    public int Changed { get; private set; }
    public int Suppressed { get; private set; }
    public int Rejected { get; private set; }

    internal static MemberImport Of(string file, MemberImportReport report, DateTime now) =>
        Of(file, report.Format, (report.New, report.Changed, report.Suppressed, report.Rejected), now);

    internal static MemberImport Of(
        string file,
        string format,
        (int Taken, int Changed, int Suppressed, int Rejected) counts,
        DateTime now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            At = now,
            File = file,
            Format = format,
            Taken = counts.Taken,
            Changed = counts.Changed,
            Suppressed = counts.Suppressed,
            Rejected = counts.Rejected,
        };

    internal sealed class Map : IEntityTypeConfiguration<MemberImport>
    {
        public void Configure(EntityTypeBuilder<MemberImport> entity)
        {
            entity.ToTable("member_imports").IsAudited();
            entity.Property(i => i.Id).ValueGeneratedNever();
        }
    }
}
