using System.Buffers;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>What a page tells the browser, search engines and people who share it.</summary>
public sealed record Head(string Title)
{
    public string? Description { get; init; }

    /// <summary>Local path that stands for this page; null: the path it was asked for, without its query.</summary>
    public string? Canonical { get; init; }

    /// <summary>Set when the page must not be found by search engines: drafts, staff pages, search results.</summary>
    public bool NoIndex { get; init; }
    public string OpenGraphType { get; init; } = "website";

    /// <summary>Local path of a picture for share cards.</summary>
    public string? Image { get; init; }

    /// <summary>Feeds of exactly this page.</summary>
    public IReadOnlyList<FeedOffer> Feeds { get; init; } = [];

    /// <summary>Schema.org objects, serialised.</summary>
    public IReadOnlyList<string> JsonLd { get; init; } = [];

    /// <summary>Languages this page has its content in; null: the interface only, in all of them.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Style sheets beyond the house style, as <c>charts</c>.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>Script modules of this page, as <c>editor</c>.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Seconds after which a browser without script opens the page again, while something is under way.</summary>
    public int? RefreshAfter { get; init; }

    /// <summary>Staff pages have their own frame.</summary>
    public bool IsAdmin { get; init; }
}

/// <summary>A whole page: its model in, its head and its body out. <c>ShowPostPage.View(model)</c> is the result.</summary>
public abstract class Page<TSelf, TModel> : View, IPage
    where TSelf : Page<TSelf, TModel>, new()
{
    [Parameter]
    public TModel Model { get; set; } = default!;

    public abstract Head Head { get; }

    public static PageResult View(TModel model, int status = StatusCodes.Status200OK) =>
        new(new TSelf { Model = model }, status);
}

public interface IPage
{
    Head Head { get; }
}

/// <summary>The frame around every page. The product names its own.</summary>
public abstract class Frame : View
{
    public Head Head { get; internal set; } = null!;
    public RenderFragment Body { get; internal set; } = null!;
}

/// <summary>Makes the frame; registered by the product.</summary>
public sealed record FrameFactory(Func<Frame> Make);

/// <summary>Draws a page into the response.</summary>
public sealed class PageResult(View page, int status) : IResult
{
    private string[] tags = [];

    public int Status => status;

    /// <summary>The page may be kept and served to anonymous people until one of these tags is evicted.</summary>
    public PageResult Tagged(params string[] cacheTags)
    {
        tags = [.. tags, .. cacheTags];
        return this;
    }

    public Task ExecuteAsync(HttpContext http)
    {
        if (tags.Length > 0 && status == StatusCodes.Status200OK)
            PageCache.Allow(http, tags);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        var context = http.PageContext();
        page.Page = context;
        var frame = http.RequestServices.GetRequiredService<FrameFactory>().Make();
        frame.Page = context;
        frame.Head = ((IPage)page).Head;
        frame.Body = page.Build;
        // Drawn whole before the first byte leaves: a fault while drawing becomes an error page, not half a page.
        var drawn = new ArrayBufferWriter<byte>(32 * 1024);
        new HtmlPainter(drawn, context).Paint(frame.Build);
        return Compressed.Write(http, drawn.WrittenMemory, PageCache.IsAllowed(http));
    }
}

public static class PageContextOfRequest
{
    public static Texts Texts(this HttpContext http) => http.Features.Get<Texts>()!;

    public static PageContext PageContext(this HttpContext http)
    {
        if (http.Features.Get<PageContext>() is { } known)
            return known;
        var services = http.RequestServices;
        var context = new PageContext
        {
            Texts = http.Texts(),
            Site = services.GetRequiredService<SiteAddress>(),
            Viewer = http.Viewer(),
            Now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
            Path = http.Request.Path.Value ?? "/",
            Query = http.Request.QueryString.Value ?? "",
            Flash = Flash.Take(http),
            AntiforgeryToken = () => services.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http).RequestToken!,
        };
        http.Features.Set(context);
        return context;
    }
}
