namespace Lpsa.Platform;

/// <summary>How a word was found in a text.</summary>
internal enum WordForm
{
    /// <summary>A whole word or one part of a compound.</summary>
    Plain,

    /// <summary>The parts of a compound written as one: <c>sub-national</c> as <c>subnational</c>, <c>c.o.g.</c> as <c>cog</c>.</summary>
    Joined,

    /// <summary>Two neighbouring characters of a script without spaces.</summary>
    CharacterPair,

    /// <summary>The last character of a run in such a script, so that a single one is found as the start of a pair.</summary>
    LastCharacter,
}

/// <summary>
/// Reads the words of a text one after the other, folded and stemmed, with their place in it. Text and query go through
/// the same reader. Words longer than <see cref="LongestWord"/> are cut.
/// </summary>
internal sealed class WordReader(string text)
{
    public const int LongestWord = 40;

    private readonly char[] part = new char[LongestWord];
    private readonly char[] joined = new char[LongestWord];
    private char[] current = [];
    private int offset;
    private int length;
    private int folded;
    private int joinedLength;
    private int parts;
    private bool digitsOnly;
    private int compoundStart;
    private bool owesJoined;
    private int at;

    public int Start { get; private set; }
    public int End { get; private set; }
    public WordForm Form { get; private set; }

    /// <summary>The stem, valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<char> Stem => current.AsSpan(offset, length);

    /// <summary>The folded word as far as it was written, not stemmed. Only for words that are not joined.</summary>
    public string Folded { get; private set; } = "";

    /// <summary>Whether <see cref="Folded"/> is kept: only queries need it.</summary>
    public bool KeepsFolded { get; init; }

    public bool Read()
    {
        if (owesJoined)
        {
            owesJoined = false;
            if (TakeJoined())
                return true;
        }
        while (at < text.Length)
        {
            if (!IsWordAt(at))
                at++;
            else if (LetterFold.IsUnspaced(text[at]) ? ReadPair() : ReadPart())
                return true;
            else if (owesJoined)
            {
                owesJoined = false;
                if (TakeJoined())
                    return true;
            }
        }
        return false;
    }

    private bool ReadPart()
    {
        if (parts == 0)
            (compoundStart, joinedLength, digitsOnly) = (at, 0, true);
        Start = at;
        folded = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c < 128)
            {
                if (!char.IsAsciiLetterOrDigit(c))
                    break;
                if (folded < LongestWord)
                    part[folded++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
            }
            else if (LetterFold.IsUnspaced(c) || !LetterFold.IsWord(c))
                break;
            else
                Fold(c);
            at++;
        }
        End = at;
        if (folded > 0)
            parts++;
        var goesOn =
            at + 1 < text.Length && IsConnector(text[at]) && IsWordAt(at + 1) && !LetterFold.IsUnspaced(text[at + 1]);
        if (goesOn || parts > 1)
            Join();
        owesJoined = !goesOn && parts > 1 && !digitsOnly;
        if (!goesOn)
            parts = 0;
        if (folded == 0)
            return false;
        if (KeepsFolded)
            Folded = new string(part, 0, folded);
        current = part;
        length = WordStem.Of(part.AsSpan(0, folded), out offset);
        Form = WordForm.Plain;
        return true;
    }

    private void Fold(char c)
    {
        foreach (var letter in LetterFold.Of(c))
            if (folded < LongestWord)
                part[folded++] = letter;
    }

    private void Join()
    {
        for (var i = 0; i < folded; i++)
        {
            digitsOnly &= char.IsAsciiDigit(part[i]);
            if (joinedLength < LongestWord)
                joined[joinedLength++] = part[i];
        }
    }

    private bool TakeJoined()
    {
        (Start, End) = (compoundStart, at);
        current = joined;
        length = WordStem.Of(joined.AsSpan(0, joinedLength), out offset);
        Form = WordForm.Joined;
        return length > 0;
    }

    private bool ReadPair()
    {
        parts = 0;
        Start = at;
        folded = 0;
        var first = UnitAt(at);
        AppendUnit(at, first);
        var next = at + first;
        var pair = next < text.Length && IsWordAt(next) && LetterFold.IsUnspaced(text[next]);
        if (pair)
            AppendUnit(next, UnitAt(next));
        End = pair ? next + UnitAt(next) : next;
        at = next;
        if (folded == 0)
            return false;
        if (KeepsFolded)
            Folded = new string(part, 0, folded);
        (current, offset, length) = (part, 0, folded);
        Form = pair ? WordForm.CharacterPair : WordForm.LastCharacter;
        return true;
    }

    private void AppendUnit(int start, int size)
    {
        for (var i = start; i < start + size; i++)
            Fold(text[i]);
    }

    private int UnitAt(int i) => char.IsHighSurrogate(text[i]) ? 2 : 1;

    private bool IsWordAt(int i)
    {
        var c = text[i];
        if (!char.IsSurrogate(c))
            return LetterFold.IsWord(c);
        // A half of a pair alone is no text; it would be refused by the database.
        return char.IsHighSurrogate(c)
            ? i + 1 < text.Length
                && char.IsLowSurrogate(text[i + 1])
                && char.GetUnicodeCategory(text, i) is System.Globalization.UnicodeCategory.OtherLetter
            : i > 0 && char.IsHighSurrogate(text[i - 1]) && IsWordAt(i - 1);
    }

    private static bool IsConnector(char c) => c is '-' or '\'' or '’' or '.' or '‐' or '‑' or 'ʼ' or '·' or '&';
}
