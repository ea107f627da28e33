using System.ComponentModel.DataAnnotations;
using Lpsa.Platform;
using Microsoft.EntityFrameworkCore;

namespace Lpsa.Members;

/// <summary>A member writes to somebody whom they may find in the directory; anybody else answers like nobody.</summary>
public static class WriteMessage
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var write = pages.MapGroup("/members/{slug}/write").RequiresSignIn();
        write.MapGet("", Get);
        write.MapPost("", Post);
    }

    public static string PathOf(string slug) => ShowMember.PathOf(slug) + "/write";

    public sealed record Input
    {
        [Required(ErrorMessage = "Write something first.")]
        [StringLength(MemberMessage.LongestText)]
        public string Text { get; init; } = "";
    }

    public sealed record Model(Listing To, Form<Input> Form);

    static async Task<IResult> Get(string slug, HttpContext http, PlatformDb db, CancellationToken cancel) =>
        await Recipient(slug, http, db, cancel) is { } person
            ? WriteMessagePage.View(new(person, Form<Input>.Of(new Input())))
            : Results.NotFound();

    static async Task<IResult> Post(
        string slug,
        Form<Input> form,
        HttpContext http,
        PlatformDb db,
        RelayMessage relay,
        CancellationToken cancel
    )
    {
        if (await Recipient(slug, http, db, cancel) is not { } person)
            return Results.NotFound();
        if (form.Value is { } input)
        {
            if (await relay.Send(db, http.Viewer().AccountId!.Value, person.Id, input.Text, cancel) is not { } refusal)
                return Redirect.To(person.Path).Saying("Your message is on its way.");
            form.With(nameof(Input.Text), refusal);
        }
        return WriteMessagePage.View(new(person, form), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Listing?> Recipient(
        string slug,
        HttpContext http,
        PlatformDb db,
        CancellationToken cancel
    )
    {
        var audience = await http.Audience(db, cancel);
        var own = http.Viewer().AccountId;
        return audience.IsMember
            ? await db.VisibleTo(audience).SingleOrDefaultAsync(l => l.Slug == slug && l.Id != own, cancel)
            : null;
    }
}

static class MessageWords
{
    public static readonly string TooMany = Sentence.Of(
        "You have written as many messages as one may in a day. Keep the text and send it tomorrow."
    );

    public static readonly string Gone = Sentence.Of("This message cannot be sent: one of you is no longer a member.");
}
