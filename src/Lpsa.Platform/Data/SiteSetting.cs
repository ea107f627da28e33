using System.Collections.Frozen;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lpsa.Platform;

/// <summary>A setting that somebody changed; the others have the default that their module gives.</summary>
public sealed class SiteSetting : ICached
{
    public string Key { get; private set; } = "";
    public string Value { get; private set; } = "";

    public static SiteSetting Of(string key, string value) => new() { Key = key, Value = value };

    public void Change(string value) => Value = value;

    public IEnumerable<string> CacheTags => [Platform.CacheTags.Everything];

    internal sealed class Map : IEntityTypeConfiguration<SiteSetting>
    {
        public void Configure(EntityTypeBuilder<SiteSetting> entity)
        {
            entity.ToTable("settings").IsAudited();
            entity.HasKey(s => s.Key);
        }
    }
}

/// <summary>The settings in force, read once and again when any node changes one.</summary>
public sealed class SiteSettings
{
    private readonly IServiceScopeFactory scopes;
    private readonly FrozenDictionary<string, Setting> known;
    private FrozenDictionary<string, string>? changed;

    public SiteSettings(IServiceScopeFactory scopes, ModuleRegistry modules, INotifier notifier)
    {
        this.scopes = scopes;
        known = modules.Settings.ToFrozenDictionary(s => s.Key);
        notifier.Received += notice =>
        {
            if (notice.Kind == NoticeKind.ReloadSettings || notice.Names.Contains(CacheTags.Everything))
                changed = null;
        };
    }

    public string this[string key] => (changed ??= Read()).GetValueOrDefault(key) ?? known[key].Default;

    /// <summary>The value of a setting made by <see cref="Setting.WholeNumber"/>; its default when the stored one is none.</summary>
    public int Number(string key) =>
        int.TryParse(this[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : int.Parse(known[key].Default, CultureInfo.InvariantCulture);

    private FrozenDictionary<string, string> Read()
    {
        using var scope = scopes.CreateScope();
        return scope
            .ServiceProvider.GetRequiredService<PlatformDb>()
            .Set<SiteSetting>()
            .AsNoTracking()
            .ToFrozenDictionary(s => s.Key, s => s.Value);
    }
}
