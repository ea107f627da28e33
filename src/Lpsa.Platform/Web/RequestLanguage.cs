using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lpsa.Platform;

/// <summary>An enabled language as the first part of the path moves into PathBase; English has none.</summary>
internal static class RequestLanguage
{
    public static void UseLanguages(
        this IApplicationBuilder app,
        IReadOnlyList<Language> enabled,
        FrozenDictionary<string, Texts> texts
    ) =>
        app.Use(
            (http, next) =>
            {
                var language = Find(http.Request.Path.Value!, enabled);
                if (language is { IsDefault: true })
                {
                    var rest = http.Request.Path.Value!["/en".Length..];
                    // /en//evil.example must not become //evil.example, which is another host.
                    http.Response.Redirect(
                        LocalPath.Of(new PathString(rest).ToUriComponent()) + http.Request.QueryString,
                        permanent: true
                    );
                    return Task.CompletedTask;
                }
                if (language is not null)
                {
                    var prefix = "/" + language.Code;
                    http.Request.PathBase = http.Request.PathBase.Add(prefix);
                    var rest = http.Request.Path.Value![prefix.Length..];
                    http.Request.Path = rest == "" ? "/" : rest;
                }
                var spoken = texts[(language ?? Language.English).Code];
                http.Features.Set(spoken);
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = spoken.Culture;
                return next(http);
            }
        );

    private static Language? Find(string path, IReadOnlyList<Language> enabled)
    {
        if (path.Length < 3 || path.Length > 3 && path[3] != '/')
            return null;
        foreach (var language in enabled)
            if (path.AsSpan(1, 2).SequenceEqual(language.Code))
                return language;
        return null;
    }
}
