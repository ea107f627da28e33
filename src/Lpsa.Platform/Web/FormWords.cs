using System.ComponentModel.DataAnnotations;

namespace Lpsa.Platform;

/// <summary>
/// What a form says when a rule has no sentence of its own. The sentences of the framework are English with the
/// property's name in the middle, which no translation file can hold.
/// </summary>
public static class FormWords
{
    public const string Date = "Enter a date such as 2026-11-21.";
    public const string Number = "Enter a number.";
    public const string Choice = "Choose one of the options.";
    public const string Missing = "Fill in this field.";
    public const string Length = "This text is too short or too long.";
    public const string Range = "This number is too small or too large.";
    public const string Email = "Enter an e-mail address such as name@example.org.";
    public const string Address = "Enter an address that starts with https://.";
    public const string Form = "This is not in the form that is asked for.";
    public const string Empty = "The form was empty.";

    public static readonly IReadOnlyList<string> All =
    [
        Date,
        Number,
        Choice,
        Missing,
        Length,
        Range,
        Email,
        Address,
        Form,
        Empty,
    ];

    public static string Of(ValidationAttribute rule) =>
        rule switch
        {
            RequiredAttribute => Missing,
            StringLengthAttribute or MaxLengthAttribute or MinLengthAttribute or LengthAttribute => Length,
            RangeAttribute => Range,
            EmailAddressAttribute => Email,
            UrlAttribute => Address,
            _ => Form,
        };
}
