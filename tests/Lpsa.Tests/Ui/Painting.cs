using System.Buffers;
using System.Text;
using Lpsa.Platform;
using Microsoft.AspNetCore.Components;

namespace Lpsa.Tests;

/// <summary>Draws components without a server.</summary>
internal static class Painting
{
    public static PageContext Page(string path = "/", string query = "", Viewer? viewer = null) =>
        new()
        {
            Texts = Texts.Read(Language.English, null),
            Site = new SiteAddress(new Uri("https://lpsa.test"), "Decentralization.Net"),
            Viewer = viewer ?? Viewer.Anonymous,
            Now = new DateTime(2026, 11, 21, 9, 0, 0, DateTimeKind.Utc),
            Path = path,
            Query = query,
            AntiforgeryToken = () => "a-token",
        };

    public static string Draw<TView>(Action<TView> set, PageContext? page = null)
        where TView : View, new()
    {
        var output = new ArrayBufferWriter<byte>();
        new HtmlPainter(output, page ?? Page()).Paint(set);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static string Draw(RenderFragment fragment, PageContext? page = null)
    {
        var output = new ArrayBufferWriter<byte>();
        new HtmlPainter(output, page ?? Page()).Paint(fragment);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
