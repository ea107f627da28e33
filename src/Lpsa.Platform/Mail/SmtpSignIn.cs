using System.Text;

namespace Lpsa.Platform;

/// <summary>AUTH PLAIN (RFC 4616), LOGIN and XOAUTH2.</summary>
internal static class SmtpSignIn
{
    private const SubmissionStage Stage = SubmissionStage.Authenticate;

    public static async Task Run(
        SmtpConnection connection,
        SmtpCapabilities offered,
        SmtpSettings settings,
        TimeSpan limit,
        CancellationToken cancel
    )
    {
        // Reached when STARTTLS was only wished for and not offered, perhaps because someone on the way removed it.
        if (!connection.IsEncrypted && settings.Security != SmtpSecurity.Plain && !settings.IsLoopback)
            throw SubmissionStopped.At(Stage, "the password is not sent because the connection is not encrypted");

        Task<SmtpReply> Ask(string line) => connection.Ask(line, Stage, limit, cancel);
        SmtpReply reply;
        if (settings.UsesAccessToken)
        {
            Require(offered, "XOAUTH2");
            reply = await Ask(
                "AUTH XOAUTH2 " + Base64($"user={settings.User}\u0001auth=Bearer {settings.Secret}\u0001\u0001")
            );
            // The refusal comes as a challenge with its reason; an empty answer asks for the real reply.
            if (reply.Code == 334)
                reply = await Ask("");
        }
        else if (offered.Authentication("PLAIN"))
        {
            reply = await Ask("AUTH PLAIN " + Base64($"\0{settings.User}\0{settings.Secret}"));
        }
        else
        {
            Require(offered, "LOGIN");
            reply = await Ask("AUTH LOGIN");
            if (reply.Code == 334)
                reply = await Ask(Base64(settings.User));
            if (reply.Code == 334)
                reply = await Ask(Base64(settings.Secret));
        }
        if (!reply.IsPositive)
            throw SubmissionStopped.By(Stage, reply);
    }

    private static void Require(SmtpCapabilities offered, string mechanism)
    {
        if (!offered.Authentication(mechanism))
            throw SubmissionStopped.At(Stage, $"the server does not offer sign-in by {mechanism}");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
