using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Lpsa.Tests;

/// <summary>The rules of WCAG 2.0, 2.1 and 2.2 at A and AA, and the good practice that axe knows.</summary>
internal static class Axe
{
    /// <summary>When the browser dies in the middle, axe would wait for it for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

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

    private static readonly AxeRunOptions Colours = new()
    {
        RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block"),
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>What another theme of a page already looked at can break: nothing but colours differs.</summary>
    public static Task<IReadOnlyList<string>> ViolationsOfColour(IPage page, string where) => Run(page, Colours, where);

    public static Task<IReadOnlyList<string>> Violations(IPage page, string where) => Run(page, Everything, where);

    /// <returns>One line for each element that breaks a rule.</returns>
    private static async Task<IReadOnlyList<string>> Run(IPage page, AxeRunOptions rules, string where)
    {
        var result = await page.RunAxe(rules).WaitAsync(Patience);
        return
        [
            .. result.Violations.SelectMany(rule =>
                rule.Nodes.Select(node => $"{where}: {rule.Id} ({rule.Help}) at {node.Target}: {Short(node.Html)}")
            ),
        ];
    }

    private static string Short(string html) => html.Length > 160 ? html[..160] + "…" : html;
}
