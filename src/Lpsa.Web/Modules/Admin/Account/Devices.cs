namespace Lpsa.Admin;

/// <summary>What a person calls a browser: “Firefox, Android”. Good enough to recognise one's own, no more.</summary>
static class Devices
{
    // The order matters: nearly every browser also claims to be Safari, and Edge and Opera to be Chrome.
    private static readonly string[] Browsers = ["Edg", "OPR", "SamsungBrowser", "Firefox", "Chrome", "Safari"];
    private static readonly string[] Systems = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "CrOS", "Linux"];

    public static string NameOf(string userAgent)
    {
        var browser = Array.Find(Browsers, b => userAgent.Contains(b + "/", StringComparison.Ordinal)) switch
        {
            "Edg" => "Edge",
            "OPR" => "Opera",
            "SamsungBrowser" => "Samsung Internet",
            var known => known,
        };
        var system = Array.Find(Systems, s => userAgent.Contains(s, StringComparison.Ordinal));
        return (browser, system) switch
        {
            (null, null) => userAgent.Length == 0 ? "?" : userAgent[..Math.Min(userAgent.Length, 40)],
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser}, {system}",
        };
    }
}
