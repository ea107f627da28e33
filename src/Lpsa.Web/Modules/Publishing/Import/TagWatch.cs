namespace Lpsa.Publishing;

/// <summary>
/// Counts the length of tags while characters pass by. XML readers keep a tag with its attributes in memory whole, so
/// one attribute of 200 MB would take the process down; texts are read in portions and need no such watch.
/// </summary>
sealed class TagWatch(int longest)
{
    private const string CDataStart = "![CDATA[";

    private int length;
    private bool inTag;
    private bool inText;
    private bool matches;
    private int brackets;

    public bool Accepts(char c)
    {
        if (inText)
        {
            // Only "]]>" ends a CDATA section.
            if (c == '>' && brackets >= 2)
                inText = false;
            brackets = c == ']' ? brackets + 1 : 0;
            return true;
        }
        if (!inTag)
        {
            inTag = c == '<';
            length = 0;
            matches = true;
            return true;
        }
        matches &= length < CDataStart.Length && c == CDataStart[length];
        length++;
        if (matches && length == CDataStart.Length)
            (inTag, inText, brackets) = (false, true, 0);
        else if (c == '>')
            inTag = false;
        return length <= longest;
    }
}
