using Lpsa.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

// Parameters are set from outside here as HtmlPainter does; there is no renderer that would lose them.
#pragma warning disable BL0005

namespace Lpsa.Tests;

public sealed class HtmlPainterTests
{
    [Fact]
    public void An_element_without_content_is_not_closed() =>
        Assert.Equal(
            "<p>a<br>b<img src=\"x\"></p>",
            Painting.Draw(b =>
            {
                b.OpenElement(0, "p");
                b.AddContent(1, "a");
                b.OpenElement(2, "br");
                b.CloseElement();
                b.AddContent(3, "b");
                b.OpenElement(4, "img");
                b.AddAttribute(5, "src", "x");
                b.CloseElement();
                b.CloseElement();
            })
        );

    [Fact]
    public void A_true_attribute_stands_alone_and_a_false_or_missing_one_is_left_out() =>
        Assert.Equal(
            "<input required>",
            Painting.Draw(b =>
            {
                b.OpenElement(0, "input");
                b.AddAttribute(1, "required", true);
                b.AddAttribute(2, "disabled", false);
                b.AddAttribute(3, "title", (string?)null);
                b.CloseElement();
            })
        );

    [Fact]
    public void Whole_numbers_in_attributes_are_written_for_machines()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new("fr");
        try
        {
            Assert.Equal(
                "<meter value=\"-1500\"></meter>",
                Painting.Draw(b =>
                {
                    b.OpenElement(0, "meter");
                    b.AddAttribute(1, "value", (object)-1500L);
                    b.CloseElement();
                })
            );
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_select_marks_the_option_that_is_its_value_and_no_other() =>
        Assert.Equal(
            "<select name=\"c\"><option value=\"a\">A</option><option selected value=\"b\">B</option></select>"
                + "<option value=\"b\">outside</option>",
            Painting.Draw(b =>
            {
                b.OpenElement(0, "select");
                b.AddAttribute(1, "name", "c");
                b.AddAttribute(2, "value", "b");
                Option(b, "a", "A");
                Option(b, "b", "B");
                b.CloseElement();
                Option(b, "b", "outside");
            })
        );

    [Fact]
    public void A_text_area_keeps_its_first_line_break_and_cannot_be_left() =>
        Assert.Equal(
            "<textarea>\n&#xA;a&lt;/textarea&gt;</textarea>",
            Painting.Draw(b =>
            {
                b.OpenElement(0, "textarea");
                b.AddAttribute(1, "value", "\na</textarea>");
                b.CloseElement();
            })
        );

    [Fact]
    public void Text_and_attributes_are_encoded_and_other_scripts_stay_readable() =>
        Assert.Equal(
            "<b title=\"&quot;&gt;&#x27;\">&lt;script&gt; المياه</b>",
            Painting.Draw(b =>
            {
                b.OpenElement(0, "b");
                b.AddAttribute(1, "title", "\">'");
                b.AddContent(2, "<script> المياه");
                b.CloseElement();
            })
        );

    [Fact]
    public void Loops_and_conditions_draw_in_order() =>
        Assert.Equal(
            "123",
            Painting.Draw(b =>
            {
                foreach (var number in new[] { 1, 2, 3 })
                {
                    b.OpenRegion(0);
                    b.AddContent(0, number);
                    b.CloseRegion();
                }
            })
        );

    [Fact]
    public void A_component_draws_its_children_where_it_wants_them() =>
        Assert.Equal(
            "<div class=\"callout\"><strong>Note</strong><i>inside</i></div>",
            Painting
                .Draw<Callout>(c =>
                {
                    c.Title = "Note";
                    c.ChildContent = b =>
                    {
                        b.OpenElement(0, "i");
                        b.AddContent(1, "inside");
                        b.CloseElement();
                    };
                })
                .ReplaceLineEndings("")
                .Replace("    ", "", StringComparison.Ordinal)
        );

    [Fact]
    public void A_parameter_that_a_component_does_not_have_is_named_in_the_fault()
    {
        var fault = Assert.Throws<InvalidOperationException>(() =>
            Painting.Draw(b =>
            {
                b.OpenComponent<Tag>(0);
                b.AddComponentParameter(1, "Colour", "red");
                b.CloseComponent();
            })
        );
        Assert.Contains("Tag has no parameter Colour", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_component_that_is_not_a_view_is_refused() =>
        Assert.Throws<InvalidOperationException>(() =>
            Painting.Draw(b =>
            {
                b.OpenComponent<Foreign>(0);
                b.CloseComponent();
            })
        );

    private static void Option(RenderTreeBuilder b, string value, string label)
    {
        b.OpenElement(0, "option");
        b.AddAttribute(1, "value", value);
        b.AddContent(2, label);
        b.CloseElement();
    }

    private sealed class Foreign : ComponentBase;
}
