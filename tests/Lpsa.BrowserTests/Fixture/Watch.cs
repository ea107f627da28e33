using Microsoft.Playwright;

namespace Lpsa.Tests;

/// <summary>
/// What a page fetches and complains about, from the moment it is made: refused styles and scripts show up here and
/// nowhere else.
/// </summary>
internal sealed class Watch
{
    private readonly List<IRequest> requests = [];
    private readonly List<string> complaints = [];

    public Watch(IPage page, DemoSite demo)
    {
        page.Request += (_, request) => requests.Add(request);
        page.PageError += (_, error) => complaints.Add("error in a script: " + error);
        page.Console += (_, said) =>
        {
            if (said.Type is "error" or "warning")
                complaints.Add($"{said.Type} in the console: {said.Text}");
        };
        page.RequestFailed += (_, request) => complaints.Add($"failed: {request.Url} {request.Failure}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(demo.Origin + "/", StringComparison.Ordinal) && !IsInline(request))
                complaints.Add("from another host: " + request.Url);
        };
    }

    /// <summary>Errors in the console, refusals of the content security policy, requests that failed or left the site.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>What went over the network, without the pictures that are written in the page itself.</summary>
    public IReadOnlyList<IRequest> Requests => [.. requests.Where(r => !IsInline(r))];

    private static bool IsInline(IRequest request) => request.Url.StartsWith("data:", StringComparison.Ordinal);
}
