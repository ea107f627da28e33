using System.Globalization;

namespace Lpsa.Platform;

/// <summary>Sentences and numbers of a picture in the language of its page.</summary>
public sealed class Words(Texts texts)
{
    private const char LeftToRightMark = '\u200e';
    private const char NoBreakSpace = '\u00a0';
    private const char Minus = '\u2212';

    public Language Language => texts.Language;
    public bool RightToLeft => texts.Language.RightToLeft;
    public CultureInfo Culture => texts.Culture;

    public string L(string sentence, params ReadOnlySpan<object?> values) => texts.Say(sentence, values);

    public string N(string sentence, long count, params ReadOnlySpan<object?> more) =>
        texts.Count(sentence, count, more);

    public string Number(long value) => texts.Number(value);

    /// <summary>A value with its percent sign; held left to right in Arabic too.</summary>
    /// <param name="brief">From a million on in powers of ten, where a picture has no room for all digits.</param>
    public string Number(double value, Measure measure, bool brief = false)
    {
        var decimals = Math.Clamp(measure.Decimals, 0, 6);
        var huge = Math.Abs(value) >= (brief ? 1e6 : 1e15);
        var rounded = huge ? value : Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        // The sign is set by hand: the culture's own for Arabic carries a mark that moves it behind the number. And
        // "-0.0", what is left of a small negative number after rounding, says nothing.
        var size = Math.Abs(rounded);
        var shown = huge ? PowerOfTen(size) : texts.Number(size, decimals);
        if (measure.Percent)
            shown = Culture.NumberFormat.PercentPositivePattern == 0 ? $"{shown}{NoBreakSpace}%" : shown + "%";
        if (rounded < 0)
            shown = Minus + shown;
        return RightToLeft ? LeftToRightMark + shown + LeftToRightMark : shown;
    }

    /// <summary>"1.2×10¹²", put together by hand because the Arabic plus sign of a culture scatters the digits.</summary>
    private string PowerOfTen(double size)
    {
        var power = (int)Math.Floor(Math.Log10(size));
        var raised = string.Concat(
            power.ToString(CultureInfo.InvariantCulture).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0'])
        );
        return (size / Math.Pow(10, power)).ToString("0.##", Culture) + "×10" + raised;
    }

    /// <summary>A value with its interval: "12.3 (11.0 to 13.9)"; a missing one with its reason.</summary>
    public string Value(ChartValue value, Measure measure) =>
        value.Drawn is not { } drawn ? Missing(value)
        : value.Interval is var (low, high)
            ? L("{0} ({1} to {2})", Number(drawn, measure), Number(low, measure), Number(high, measure))
        : Number(drawn, measure);

    public string Missing(ChartValue value) =>
        string.IsNullOrWhiteSpace(value.Reason) ? L("No data") : L("No data: {0}", value.Reason);
}
