using System.Net;
using System.Net.Http.Headers;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Tests;

public sealed class UploadFilesTests
{
    /// <summary>One white pixel.</summary>
    private static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
    );

    [Fact]
    public async Task A_picture_is_for_staff_until_a_public_post_shows_it()
    {
        await using var site = await TestSite.Start();
        var editor = await site.SignedIn(Roles.Editor);
        using var sent = await Send(editor, "map.png", Pixel, "A map of districts");
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var file = await site.Db(db => db.Set<StoredFile>().SingleAsync());
        Assert.Contains($"![A map of districts]({file.Path})", (await editor.Page("/admin/files")).Body!.TextContent);
        using (var before = await site.Anonymous().GetAsync(file.Path))
            Assert.NotEqual(HttpStatusCode.OK, before.StatusCode);

        var post = await site.Posted("With a map", PostState.Draft, body: $"![A map of districts]({file.Path})");
        using var published = await editor.Submit($"/admin/posts/{post.Id}", "form:has(input[value=Publish])");
        var picture = (await site.Anonymous().Page(post.Path)).QuerySelector(".prose img")!;
        Assert.Equal("A map of districts", picture.GetAttribute("alt"));
        using var after = await site.Anonymous().GetAsync(file.Path);
        Assert.Equal("image/png", after.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("map.png", "<script>alert(1)</script>", "The content of the file is not what its name says.")]
    [InlineData("map.svg", "<svg/>", "Files of this kind are not taken.")]
    [InlineData("../../etc/passwd.png", "", "The file is empty.")]
    public async Task A_file_that_is_not_what_it_says_is_refused_in_words(string name, string content, string reason)
    {
        await using var site = await TestSite.Start();
        var editor = await site.SignedIn(Roles.Editor);
        using var answer = await Send(editor, name, System.Text.Encoding.UTF8.GetBytes(content), "x");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await site.Db(db => db.Set<StoredFile>().CountAsync()));
    }

    [Fact]
    public async Task A_picture_without_words_for_it_is_not_taken_and_what_was_typed_stays()
    {
        await using var site = await TestSite.Start();
        using var answer = await Send(await site.SignedIn(Roles.Editor), "map.png", Pixel, "");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Say what the picture shows", await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, string name, byte[] bytes, string words)
    {
        var token = (await client.Page("/admin/files")).QuerySelector("form.form input[type=hidden]")!;
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token.GetAttribute("value")!), token.GetAttribute("name")! },
            { new StringContent(words), "AlternativeText" },
            { file, "File", name },
        };
        return await client.PostAsync("/admin/files", form);
    }
}
