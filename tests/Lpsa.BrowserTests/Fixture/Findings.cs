namespace Lpsa.Tests;

internal static class Findings
{
    /// <summary>Fails with every finding on a line of its own; an equality would show the first few letters.</summary>
    public static void AreNone(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        if (all.Count > 0)
            Assert.Fail($"{all.Count} found:\n{string.Join("\n", all)}");
    }
}
