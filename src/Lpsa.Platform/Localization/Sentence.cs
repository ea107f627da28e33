namespace Lpsa.Platform;

/// <summary>
/// Marks an English sentence that code hands on and a page translates later, so that the test of translations finds
/// it: <c>Sentence.Of("Enter a whole number.")</c>. Needed only where neither <c>L</c>, <c>Saying</c>, <c>With</c>
/// nor a registered label says it already.
/// </summary>
public static class Sentence
{
    public static string Of(string english) => english;
}
