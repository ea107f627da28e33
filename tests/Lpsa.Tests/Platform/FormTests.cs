using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Platform;

namespace Lpsa.Tests;

public sealed class FormTests
{
    private static readonly CultureInfo English = Language.English.Culture;

    public enum Colour
    {
        Red,
        Green,
    }

    public sealed record Everything
    {
        [Required(ErrorMessage = "Enter a title."), StringLength(10, ErrorMessage = "At most 10 characters.")]
        public string Title { get; init; } = "";
        public string? Optional { get; init; }
        public int Count { get; init; } = 7;
        public int? Seats { get; init; }
        public double? Share { get; init; }
        public decimal? Money { get; init; }
        public bool Agreed { get; init; }
        public Guid? Person { get; init; }
        public DateOnly? Day { get; init; }
        public DateTime? At { get; init; }
        public Colour Colour { get; init; }
        public string[] Tags { get; init; } = [];
    }

    [Fact]
    public void Every_type_is_read_and_text_is_trimmed()
    {
        var id = Guid.NewGuid();
        var form = Read(
            English,
            ("Title", "  Hello  "),
            ("Count", "12"),
            ("Seats", "-3"),
            ("Share", "0.5"),
            ("Money", "1,234.56"),
            ("Agreed", "on"),
            ("Person", id.ToString()),
            ("Day", "2026-11-21"),
            ("At", "2026-11-21T09:30"),
            ("Colour", "green"),
            ("Tags", " a "),
            ("Tags", ""),
            ("Tags", "b")
        );
        Assert.Empty(form.Errors);
        var value = form.Value!;
        Assert.Equal(
            ("Hello", 12, -3, 0.5, 1234.56m, true, id),
            (value.Title, value.Count, value.Seats, value.Share, value.Money, value.Agreed, value.Person)
        );
        Assert.Equal(new DateOnly(2026, 11, 21), value.Day);
        Assert.Equal(new DateTime(2026, 11, 21, 9, 30, 0, DateTimeKind.Utc), value.At);
        Assert.Equal(DateTimeKind.Utc, value.At!.Value.Kind);
        Assert.Equal(Colour.Green, value.Colour);
        Assert.Equal(["a", "b"], value.Tags);
    }

    [Fact]
    public void Missing_and_empty_fields_keep_what_the_record_starts_with()
    {
        var value = Read(English, ("Title", "x"), ("Count", ""), ("Seats", " ")).Value!;
        Assert.Equal((7, null, null, false), (value.Count, value.Seats, value.Day, value.Agreed));
    }

    [Theory]
    [InlineData("Count", "twelve", "Enter a number.")]
    [InlineData("Count", "1.5", "Enter a number.")]
    [InlineData("Count", "99999999999", "Enter a number.")]
    [InlineData("Share", "half", "Enter a number.")]
    [InlineData("Money", "1 000 €", "Enter a number.")]
    [InlineData("Day", "21/11/2026", "Enter a date such as 2026-11-21.")]
    [InlineData("Day", "2026-02-30", "Enter a date such as 2026-11-21.")]
    [InlineData("At", "soon", "Enter a date such as 2026-11-21.")]
    [InlineData("Person", "me", "Choose one of the options.")]
    [InlineData("Colour", "mauve", "Choose one of the options.")]
    [InlineData("Colour", "17", "Choose one of the options.")]
    [InlineData("Title", "far too long a title", "At most 10 characters.")]
    [InlineData("Title", "   ", "Enter a title.")]
    public void A_wrong_value_is_named_and_kept_as_typed(string field, string typed, string message)
    {
        var form = field == "Title" ? Read(English, (field, typed)) : Read(English, ("Title", "x"), (field, typed));
        Assert.Null(form.Value);
        Assert.Equal(message, form.ErrorOf(field));
        Assert.Equal(typed, form.Text(field));
        Assert.Single(form.Errors);
    }

    [Fact]
    public void Numbers_are_read_as_people_of_the_language_write_them()
    {
        Assert.Equal(1.5, Read(Language.French.Culture, ("Title", "x"), ("Share", "1,5")).Value!.Share);
        Assert.Equal(1.5, Read(Language.Arabic.Culture, ("Title", "x"), ("Share", "1.5")).Value!.Share);
        Assert.Equal(1234.5m, Read(Language.Spanish.Culture, ("Title", "x"), ("Money", "1.234,5")).Value!.Money);
    }

    [Fact]
    public void A_form_filled_from_a_value_reads_back_as_the_same_value()
    {
        var gen =
            from title in Gen.Elements("a", "é b", "\"<x>\"")
            from count in ArbMap.Default.GeneratorFor<int>()
            from seats in ArbMap.Default.GeneratorFor<int?>()
            from days in Gen.Choose(1, 3_000_000)
            from minutes in Gen.Choose(1, 100_000_000)
            from agreed in ArbMap.Default.GeneratorFor<bool>()
            from colour in Gen.Elements(Colour.Red, Colour.Green)
            select new Everything
            {
                Title = title,
                Optional = "",
                Count = count,
                Seats = seats,
                Agreed = agreed,
                Day = DateOnly.FromDayNumber(days),
                At = new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minutes),
                Colour = colour,
            };
        Prop.ForAll(
                gen.ToArbitrary(),
                value =>
                {
                    var shown = Form<Everything>.Of(value);
                    var sent = typeof(Everything)
                        .GetProperties()
                        .Select(p => new KeyValuePair<string, string[]>(p.Name, [.. shown.Texts(p.Name)]));
                    var back = Form<Everything>.From(sent, English).Value!;
                    return back with { Tags = value.Tags } == value;
                }
            )
            .Check(Steady.Config());
    }

    [Fact]
    public void An_error_that_only_the_handler_knows_takes_the_value_away_and_keeps_the_text()
    {
        var form = Read(English, ("Title", "taken")).With("Title", "This title exists.");
        Assert.Null(form.Value);
        Assert.Equal(("This title exists.", "taken"), (form.ErrorOf("Title"), form.Text("Title")));
    }

    private static Form<Everything> Read(CultureInfo culture, params (string Name, string Value)[] fields) =>
        Form<Everything>.From(
            fields.GroupBy(f => f.Name).Select(g => KeyValuePair.Create(g.Key, g.Select(f => f.Value).ToArray())),
            culture
        );
}
