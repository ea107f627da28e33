using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Publishing;

internal static class PostLinks
{
    /// <summary>The post in the reader's language where it has one.</summary>
    public static PostLink Link(this PostEntry post, Texts texts)
    {
        var (title, summary, language) = post.In(texts.Language.Code);
        return new PostLink(post.Path, title, summary, texts.Kind(post.Kind), texts.Date(post.Date, post.Precision))
        {
            Language = language == texts.Language.Code ? null : language,
        };
    }

    /// <summary>The post as a row of a list.</summary>
    public static ListedItem Listed(this PostEntry post, Texts texts)
    {
        var (title, summary, language) = post.In(texts.Language.Code);
        return new ListedItem(title, post.Path)
        {
            Kind = texts.Kind(post.Kind),
            When = texts.Date(post.Date, post.Precision),
            Summary = summary,
            Language = language == texts.Language.Code ? null : language,
        };
    }

    /// <summary>The same with links to the countries it is about.</summary>
    public static ListedItem Listed(this PostEntry post, Texts texts, PostShelf shelf, IVocabulary vocabulary) =>
        post.Listed(texts) with
        {
            Places =
            [
                .. shelf
                    .CodesOf(post, Axes.Country)
                    .Take(3)
                    .Select(code => vocabulary.Get(Axes.Country, code, texts.Language.Code))
                    .OfType<VocabularyEntry>()
                    .Where(country => country.Path is not null)
                    .Select(country => (country.Label, country.Path!)),
            ],
        };
}
