using System.Buffers.Text;

namespace Lpsa.Members;

/// <summary>Names of the turns (<see cref="Platform.Turns"/>) in which what belongs to one member is changed.</summary>
static class MemberTurn
{
    public static string Of(Guid member) => "member " + member;

    /// <summary>Of the member whom a link names, whether or not the link is genuine.</summary>
    public static string Of(string link)
    {
        var token = new byte[64];
        return
            link.Length <= 64
            && Base64Url.IsValid(link)
            && Base64Url.TryDecodeFromChars(link, token, out var length)
            && length >= 16
            ? Of(new Guid(token.AsSpan(0, 16)))
            : "no member";
    }
}
