using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Places;

/// <summary>
/// A term that staff changed or added. Terms nobody touched stay in the shipped file, so that better labels of a new
/// version reach every site that has not chosen its own.
/// </summary>
public sealed class EditedTerm : ICached, ISearchable
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public Guid Id { get; private set; }
    public string Vocabulary { get; private set; } = "";
    public string Code { get; private set; } = "";
    public string Slug { get; private set; } = "";
    public string? Parent { get; private set; }
    public string Labels { get; private set; } = "{}";
    public string Definitions { get; private set; } = "{}";
    public string Alternatives { get; private set; } = "[]";
    public string Cofog { get; private set; } = "[]";
    public string? MergedInto { get; private set; }

    public IEnumerable<string> CacheTags => [HubTags.Taxonomy, Platform.CacheTags.Everything];
    public SearchKey SearchKey => new(PlacesSearch.TermKind, Id);

    public static EditedTerm Of(Term term)
    {
        var edited = new EditedTerm
        {
            Id = IdOf(term.Vocabulary, term.Code),
            Vocabulary = term.Vocabulary,
            Code = term.Code,
            Slug = term.Slug,
            Cofog = Write(term.Cofog),
            MergedInto = term.MergedInto,
        };
        edited.Describe(term.Parent, term.Labels, term.Definitions, term.Alternatives);
        return edited;
    }

    public void Describe(
        string? parent,
        IReadOnlyDictionary<string, string> labels,
        IReadOnlyDictionary<string, string> definitions,
        IEnumerable<string> alternatives
    )
    {
        Parent = parent;
        Labels = Write(Filled(labels));
        Definitions = Write(Filled(definitions));
        Alternatives = Write(Distinct(alternatives, labels));
    }

    /// <summary>Gives its place to another term. Its labels become spellings of that one, its address leads there.</summary>
    public void MergeInto(EditedTerm other)
    {
        var (mine, theirs) = (ToTerm(), other.ToTerm());
        MergedInto = other.Code;
        other.Alternatives = Write(
            Distinct([.. theirs.Alternatives, .. mine.Labels.Values, .. mine.Alternatives], theirs.Labels)
        );
    }

    public void MoveUnder(string? parent) => Parent = parent;

    /// <summary>Spellings that a new term takes over.</summary>
    public void GiveUp(IReadOnlyCollection<string> spellings) =>
        Alternatives = Write(ToTerm().Alternatives.Where(a => !spellings.Contains(a)));

    public Term ToTerm() =>
        new(
            Vocabulary,
            Code,
            Slug,
            Parent,
            JsonSerializer.Deserialize<Dictionary<string, string>>(Labels)!,
            JsonSerializer.Deserialize<Dictionary<string, string>>(Definitions)!,
            JsonSerializer.Deserialize<string[]>(Alternatives)!,
            JsonSerializer.Deserialize<string[]>(Cofog)!,
            MergedInto
        );

    /// <summary>The same id for the same code on every site, so that search can name a term nobody edited.</summary>
    public static Guid IdOf(string vocabulary, string code) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{vocabulary}:{code}")).AsSpan(0, 16));

    private static Dictionary<string, string> Filled(IReadOnlyDictionary<string, string> texts) =>
        texts.Where(t => !string.IsNullOrWhiteSpace(t.Value)).ToDictionary(t => t.Key, t => t.Value.Trim());

    private static IEnumerable<string> Distinct(
        IEnumerable<string> spellings,
        IReadOnlyDictionary<string, string> labels
    ) =>
        spellings
            .Select(s => s.Trim())
            .Where(s => s.Length > 0 && !labels.Values.Contains(s))
            .DistinctBy(Spelling.Fold);

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, Readable);

    internal sealed class Map : IEntityTypeConfiguration<EditedTerm>
    {
        public void Configure(EntityTypeBuilder<EditedTerm> entity)
        {
            entity.ToTable("edited_terms").IsAudited();
            entity.Property(t => t.Id).ValueGeneratedNever();
            entity.HasIndex(t => new { t.Vocabulary, t.Code }).IsUnique();
            entity.HasIndex(t => new { t.Vocabulary, t.Slug }).IsUnique();
        }
    }
}
