using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class SmtpSettingsTests
{
    [Theory]
    [InlineData("smtp://127.0.0.1:2525", "127.0.0.1", 2525, SmtpSecurity.StartTlsWhenOffered, "", "")]
    [InlineData("smtp://mail.example.org", "mail.example.org", 587, SmtpSecurity.StartTlsWhenOffered, "", "")]
    [InlineData("smtp://mail.example.org:25", "mail.example.org", 25, SmtpSecurity.StartTlsWhenOffered, "", "")]
    [InlineData("smtps://mail.example.org", "mail.example.org", 465, SmtpSecurity.ImplicitTls, "", "")]
    [InlineData(
        "SMTPS://me:secret@mail.example.org:4465/",
        "mail.example.org",
        4465,
        SmtpSecurity.ImplicitTls,
        "me",
        "secret"
    )]
    [InlineData(
        "smtp://me%40x.org:p%3Aq%2F@mail.example.org:587",
        "mail.example.org",
        587,
        SmtpSecurity.StartTlsRequired,
        "me@x.org",
        "p:q/"
    )]
    [InlineData(
        "smtp://me@x.org:p@ss:w?rd/#@mail.example.org",
        "mail.example.org",
        587,
        SmtpSecurity.StartTlsRequired,
        "me@x.org",
        "p@ss:w?rd/#"
    )]
    [InlineData("smtp://me:secret@localhost:25", "localhost", 25, SmtpSecurity.StartTlsWhenOffered, "me", "secret")]
    [InlineData(
        "smtp://me:secret@mail.example.org?tls=none",
        "mail.example.org",
        587,
        SmtpSecurity.Plain,
        "me",
        "secret"
    )]
    [InlineData("smtp://[::1]:25?tls=required", "::1", 25, SmtpSecurity.StartTlsRequired, "", "")]
    public void A_value_is_read_as_meant(
        string value,
        string host,
        int port,
        SmtpSecurity security,
        string user,
        string secret
    )
    {
        var settings = SmtpSettings.Parse(value);

        Assert.Equal(
            (host, port, security, user, secret),
            (settings.Host, settings.Port, settings.Security, settings.User, settings.Secret)
        );
        Assert.DoesNotContain("secret", settings.ToString());
    }

    [Theory]
    [InlineData("", "must start with smtp://")]
    [InlineData("mail.example.org:25", "must start with smtp://")]
    [InlineData("http://mail.example.org", "must start with smtp://")]
    [InlineData("smtp://", "no host")]
    [InlineData("smtp://hunter2:@", "no host")]
    [InlineData("smtp://mail.example.org:port", "no host")]
    [InlineData("smtp://mail.example.org:0", "port 0")]
    [InlineData("smtp://mail.example.org:99999", "no host")]
    [InlineData("smtp://mail.example.org/folder", "follows the host")]
    [InlineData("smtp://hunter2@mail.example.org", "a user and a password")]
    [InlineData("smtp://:hunter2@mail.example.org", "a user and a password")]
    [InlineData("smtp://me:hunter2%0D%0A@mail.example.org", "control character")]
    [InlineData("smtps://me:hunter2@mail.example.org?tls=none", "always encrypted")]
    [InlineData("smtp://mail.example.org?tls=maybe", "required, offered or none")]
    [InlineData("smtp://mail.example.org?auth=digest", "password or xoauth2")]
    [InlineData("smtp://mail.example.org?colour=red", "“colour” is unknown")]
    [InlineData("smtp://mail.example.org?ca=/nowhere.pem", "cannot be read")]
    [InlineData("smtp://mail.example.org?name=a%20b", "must be a host name")]
    public void A_wrong_value_is_refused_by_the_name_of_the_setting_and_never_repeats_the_password(
        string value,
        string reason
    )
    {
        var fault = Assert.Throws<SettingException>(() => SmtpSettings.Parse(value));

        Assert.StartsWith("LPSA_SMTP: ", fault.Message);
        Assert.Contains(reason, fault.Message);
        Assert.DoesNotContain("hunter2", fault.Message);
    }
}
