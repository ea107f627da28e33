namespace Lpsa.Publishing;

enum XmlPassage
{
    Keep,

    /// <summary>Inside a CDATA section that is longer than anything that would be taken.</summary>
    Drop,

    /// <summary>The end of such a section: its mark must be written in the place of this character.</summary>
    EndText,

    /// <summary>A tag that is too long to be read at all.</summary>
    Refuse,
}

/// <summary>
/// Watches the length of tags and CDATA sections while characters pass by. The XML reader keeps both in memory whole,
/// so one attribute or one text of 200 MB would take the process down; plain text it reads in portions.
/// </summary>
sealed class XmlWatch(int longestTag, int longestText)
{
    private const string TextStart = "![CDATA[";

    private int length;
    private bool inTag;
    private bool inText;
    private bool mayBeText;
    private int brackets;

    public XmlPassage Pass(char c)
    {
        if (inText)
            return InText(c);
        if (!inTag)
        {
            inTag = mayBeText = c == '<';
            length = 0;
            return XmlPassage.Keep;
        }
        mayBeText = mayBeText && length < TextStart.Length && c == TextStart[length];
        length++;
        if (mayBeText && length == TextStart.Length)
            (inTag, inText, brackets, length) = (false, true, 0, 0);
        else if (c == '>')
            inTag = false;
        return length <= longestTag ? XmlPassage.Keep : XmlPassage.Refuse;
    }

    private XmlPassage InText(char c)
    {
        // Only "]]>" ends a CDATA section.
        var ends = c == '>' && brackets >= 2;
        brackets = c == ']' ? brackets + 1 : 0;
        inText = !ends;
        if (length <= longestText)
        {
            length++;
            return XmlPassage.Keep;
        }
        return ends ? XmlPassage.EndText : XmlPassage.Drop;
    }
}
