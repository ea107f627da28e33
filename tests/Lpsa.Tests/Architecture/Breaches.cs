namespace Lpsa.Tests;

internal static class Breaches
{
    /// <summary>Fails with the whole list, one finding on a line: the list is what somebody will work through.</summary>
    public static void None(IEnumerable<string> found)
    {
        var list = found.Distinct().ToList();
        Assert.True(list.Count == 0, $"{list.Count} breaches:\n{string.Join('\n', list)}");
    }
}
