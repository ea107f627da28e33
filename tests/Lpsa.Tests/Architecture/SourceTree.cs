using System.Text.RegularExpressions;

namespace Lpsa.Tests;

/// <summary>A file of the repository, by its path from the root with forward slashes.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);
    public string Extension => System.IO.Path.GetExtension(Path);

    /// <summary>The code alone: a name in a comment or in a sentence for people is not a reference.</summary>
    public string Code =>
        Regex.Replace(
            Text,
            "//[^\n]*|/\\*.*?\\*/|@\\*.*?\\*@|\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"",
            " ",
            RegexOptions.Singleline
        );

    public int LineOf(int index) => Text.AsSpan(0, index).Count('\n') + 1;
}

/// <summary>The sources as they lie in the working copy.</summary>
internal static class SourceTree
{
    private static readonly string[] Left = ["artifacts", "bin", "obj", ".git", "data", "node_modules", "TestResults"];

    public static readonly string Root = FindRoot();

    private static readonly Lazy<IReadOnlyList<SourceFile>> Files = new(() => [.. Read(Root)]);

    public static IEnumerable<SourceFile> All => Files.Value;

    public static IEnumerable<SourceFile> Under(string folder, params string[] extensions) =>
        All.Where(f =>
            f.Path.StartsWith(folder + "/", StringComparison.Ordinal)
            && (extensions.Length == 0 || extensions.Contains(f.Extension))
        );

    private static IEnumerable<SourceFile> Read(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            // In a second working copy .git is a file.
            if (!Left.Contains(Path.GetFileName(file)) && new FileInfo(file).Length < 2_000_000)
                yield return new SourceFile(
                    Path.GetRelativePath(Root, file).Replace('\\', '/'),
                    File.ReadAllText(file).ReplaceLineEndings("\n")
                );
        foreach (var inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
            // “data” is left out at the root only: a module keeps its own data in a folder of that name.
            if (!Left.Contains(Path.GetFileName(inner)) || folder != Root && Path.GetFileName(inner) == "data")
                foreach (var file in Read(inner))
                    yield return file;
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Lpsa.slnx")))
                return folder;
        throw new InvalidOperationException("The tests must lie somewhere below the folder with Lpsa.slnx.");
    }
}
