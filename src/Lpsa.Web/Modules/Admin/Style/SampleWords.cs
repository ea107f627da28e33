namespace Lpsa.Admin;

/// <summary>
/// Real sentences for the style page. They are content, not interface: each variant shows its own language whatever
/// the language of the page.
/// </summary>
public sealed record SampleWords
{
    public required string Title { get; init; }
    public required string Lede { get; init; }
    public required string Section { get; init; }
    public required string Body { get; init; }
    public required string Quote { get; init; }
    public required string Link { get; init; }
    public required string Kind { get; init; }
    public required string Country { get; init; }
    public required string Theme { get; init; }
    public required string OtherTheme { get; init; }
    public required string Person { get; init; }
    public required string Organisation { get; init; }
    public required string Role { get; init; }
    public required string Level { get; init; }
    public required IReadOnlyList<string> Levels { get; init; }
    public required string Units { get; init; }
    public required string Mistake { get; init; }
    public required string Hint { get; init; }
    public required string Save { get; init; }
    public required string Delete { get; init; }
    public required string Cancel { get; init; }

    public static SampleWords English { get; } =
        new()
        {
            Title = "Who is responsible for water when the budget is not",
            Lede =
                "Functional assignment says who does what. Budgets say who can. In many countries the two do not agree, and the tap shows it first.",
            Section = "Law beside practice",
            Body =
                "Devolution moves a function to an elected local government with its own budget. Deconcentration moves it to an office of the ministry outside the capital. Both bring the service closer; only one brings the decision closer.",
            Quote = "A function without revenue is a promise made in somebody else's name.",
            Link = "Read how the functions were coded",
            Kind = "Blog post",
            Country = "Kenya",
            Theme = "Intergovernmental finance",
            OtherTheme = "Water and sanitation",
            Person = "Amina Otieno",
            Organisation = "Local Public Sector Alliance",
            Role = "editor",
            Level = "Level of government",
            Levels = ["Central", "Regional", "Local"],
            Units = "Units",
            Mistake = "Fill in this field.",
            Hint = "Short and clear; it becomes the heading of the page.",
            Save = "Save the draft",
            Delete = "Delete the post",
            Cancel = "Preview",
        };

    public static SampleWords Arabic { get; } =
        new()
        {
            Title = "من المسؤول عن المياه حين لا تتبعه الموازنة؟",
            Lede =
                "يحدد توزيع الاختصاصات من يفعل ماذا، وتحدد الموازنات من يستطيع. وفي بلدان كثيرة لا يتفق الأمران، ويظهر ذلك أول ما يظهر في صنبور المياه.",
            Section = "القانون إلى جانب الممارسة",
            Body =
                "تنقل اللامركزية السياسية الاختصاص إلى حكومة محلية منتخبة لها موازنتها، أما عدم التركيز الإداري فينقله إلى مكتب تابع للوزارة خارج العاصمة. كلاهما يقرّب الخدمة من الناس، لكن الأولى وحدها تقرّب القرار.",
            Quote = "اختصاص بلا إيرادات وعدٌ قُطع باسم غيرك.",
            Link = "اقرأ كيف صُنّفت الاختصاصات",
            Kind = "مقال",
            Country = "كينيا",
            Theme = "المالية بين مستويات الحكم",
            OtherTheme = "المياه والصرف الصحي",
            Person = "أمينة أوتيينو",
            Organisation = "تحالف القطاع العام المحلي",
            Role = "تحرير",
            Level = "مستوى الحكم",
            Levels = ["المركزي", "الإقليمي", "المحلي"],
            Units = "عدد الوحدات",
            Mistake = "املأ هذا الحقل.",
            Hint = "قصير وواضح، ويصبح عنوان الصفحة.",
            Save = "احفظ المسودة",
            Delete = "احذف المقال",
            Cancel = "معاينة",
        };
}
