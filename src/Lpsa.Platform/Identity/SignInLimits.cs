using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>
/// How often each way of signing in may be tried. Per network the limits leave room for an office behind one address;
/// per account and address they stop guessing from however many networks. The list for operators is in
/// <c>docs/operating.md</c>.
/// </summary>
public static class SignInLimits
{
    public static readonly ThrottleRule AskFromNetwork = new("sign-in.ask.network", 60, TimeSpan.FromHours(1));
    public static readonly ThrottleRule AskForAddress = new("sign-in.ask.address", 10, TimeSpan.FromHours(1));
    public static readonly ThrottleRule SecretFromNetwork = new("sign-in.try.network", 100, TimeSpan.FromHours(1));
    public static readonly ThrottleRule PasswordForAddress = new(
        "sign-in.password.address",
        10,
        TimeSpan.FromMinutes(30)
    );
    public static readonly ThrottleRule SecondFactorForAccount = new(
        "sign-in.second-factor.account",
        20,
        TimeSpan.FromHours(1)
    );

    /// <summary>Counts a try from the network of this request, and says whether there may be one more.</summary>
    public static Task<bool> TakeFromNetwork(
        this HttpContext http,
        PlatformDb db,
        ThrottleRule rule,
        CancellationToken cancel
    ) => Throttle.Take(db, rule, Throttle.NetworkOf(http.Connection.RemoteIpAddress), cancel);
}
