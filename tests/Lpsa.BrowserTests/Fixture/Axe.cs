using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Lpsa.Tests;

/// <summary>The rules of WCAG 2.0, 2.1 and 2.2 at A and AA, and the good practice that axe knows.</summary>
internal static class Axe
{
    private static readonly AxeRunOptions Everything = new()
    {
        RunOnly = RunOnlyOptions.Tags(
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22a",
            "wcag22aa",
            "best-practice"
        ),
        ResultTypes = [ResultType.Violations],
    };

    /// <returns>One line for each element that breaks a rule.</returns>
    public static async Task<IReadOnlyList<string>> Violations(IPage page, string where)
    {
        var result = await page.RunAxe(Everything);
        return
        [
            .. result.Violations.SelectMany(rule =>
                rule.Nodes.Select(node => $"{where}: {rule.Id} ({rule.Help}) at {node.Target}: {Short(node.Html)}")
            ),
        ];
    }

    private static string Short(string html) => html.Length > 160 ? html[..160] + "…" : html;
}
