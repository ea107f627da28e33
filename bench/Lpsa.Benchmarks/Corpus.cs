using System.Text;
using Lpsa.Places;
using Lpsa.Platform;
using Lpsa.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Benchmarks;

/// <summary>
/// Posts of about 600 words whose words follow Zipf's law, as those of real text do, so that a search has common and
/// rare words to find. The same seed gives the same posts.
/// </summary>
internal static class Corpus
{
    private const int WordsPerPost = 600;
    private const int VocabularySize = 12_000;
    private static readonly string[] Onsets =
    [
        "b",
        "c",
        "d",
        "f",
        "g",
        "gr",
        "l",
        "m",
        "n",
        "p",
        "pr",
        "r",
        "s",
        "st",
        "t",
        "tr",
        "v",
    ];
    private static readonly string[] Cores = ["a", "e", "i", "o", "u", "ai", "ea", "io"];
    private static readonly string[] Ends = ["", "n", "r", "s", "l", "ment", "tion", "ty", "nce", "ral", "cal"];

    /// <summary>Real words among the invented ones, so that the queries of the benchmark read as queries.</summary>
    private static readonly string[] Subjects =
    [
        "local",
        "government",
        "parliamentary",
        "budget",
        "transfer",
        "municipality",
        "district",
        "council",
        "health",
        "water",
        "school",
        "revenue",
        "devolution",
        "mayor",
        "planning",
        "service",
        "reform",
        "election",
        "grant",
        "audit",
    ];

    public static async Task Fill(IServiceProvider services, int posts, Action<int> progress, CancellationToken cancel)
    {
        var random = new Random(20261121);
        var words = Vocabulary(random);
        var weights = Cumulative(words.Length);
        var vocabulary = services.GetRequiredService<IVocabulary>();
        var themes = vocabulary.All(Axes.Theme, "en").Select(t => t.Code).ToArray();
        var regions = vocabulary.All(Axes.Region, "en").Select(t => t.Code).ToArray();
        var countries = vocabulary.All(Axes.Country, "en").Select(t => t.Code).ToArray();
        var authors = await Authors(services, cancel);

        for (var done = 0; done < posts; )
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            for (var i = 0; i < 250 && done < posts; i++, done++)
            {
                var title = Sentence(random, words, weights, 7);
                var slug = $"{Slug.Of(title)}-{done}";
                var post = Post.Draft((PostKind)random.Next(0, 12), "en", slug, null, db.Now);
                post.Write(title, Sentence(random, words, weights, 18) + ".", Body(random, words, weights), db.Now);
                var day = new DateOnly(2015, 1, 1).AddDays(random.Next(0, 4300));
                post.Describe(new PostDetails(post.Kind, slug) { Date = day }, db.Now);
                post.Classify([
                    (Axes.Theme, themes[random.Next(themes.Length)]),
                    (Axes.Theme, themes[random.Next(themes.Length)]),
                    (Axes.Region, regions[random.Next(regions.Length)]),
                    (Axes.Country, countries[random.Next(countries.Length)]),
                    (PostFacet.Tag, "tag " + random.Next(200)),
                ]);
                post.Credit([(authors[random.Next(authors.Count)], CreditRole.Author)]);
                post.Publish(db.Now);
                db.Add(post);
            }
            await db.SaveChangesAsync(cancel);
            progress(done);
        }
    }

    private static async Task<IReadOnlyList<Guid>> Authors(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        var authors = Enumerable.Range(1, 20).Select(n => Author.Named($"Author {n}", $"author-{n}", false)).ToList();
        db.AddRange(authors);
        await db.SaveChangesAsync(cancel);
        return authors.ConvertAll(a => a.Id);
    }

    private static string Body(Random random, string[] words, double[] weights)
    {
        var body = new StringBuilder();
        for (var left = WordsPerPost; left > 0; )
        {
            if (random.Next(5) == 0)
                body.Append("## ").Append(Sentence(random, words, weights, 5)).Append("\n\n");
            for (var sentence = 0; sentence < 4 && left > 0; sentence++)
            {
                var length = random.Next(8, 22);
                body.Append(Sentence(random, words, weights, length)).Append(". ");
                left -= length;
            }
            body.Append("\n\n");
        }
        return body.ToString();
    }

    private static string Sentence(Random random, string[] words, double[] weights, int length)
    {
        var sentence = string.Join(' ', Enumerable.Range(0, length).Select(_ => Word(random, words, weights)));
        return char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }

    private static string Word(Random random, string[] words, double[] weights)
    {
        var at = Array.BinarySearch(weights, random.NextDouble() * weights[^1]);
        return words[Math.Min(at < 0 ? ~at : at, words.Length - 1)];
    }

    private static string[] Vocabulary(Random random)
    {
        var words = new HashSet<string>(Subjects);
        while (words.Count < VocabularySize)
        {
            var word = new StringBuilder();
            for (var syllable = random.Next(1, 4); syllable > 0; syllable--)
                word.Append(Onsets[random.Next(Onsets.Length)]).Append(Cores[random.Next(Cores.Length)]);
            words.Add(word.Append(Ends[random.Next(Ends.Length)]).ToString());
        }
        // The real words sit at ranks 20, 40, 60 …: some common, some rare.
        var ranked = words.Except(Subjects).ToList();
        for (var i = 0; i < Subjects.Length; i++)
            ranked.Insert(Math.Min(ranked.Count, 20 * (i + 1) * (i + 1) / 2), Subjects[i]);
        return [.. ranked];
    }

    private static double[] Cumulative(int count)
    {
        var sum = 0.0;
        return [.. Enumerable.Range(1, count).Select(rank => sum += 1.0 / rank)];
    }
}
