using System.Collections.Frozen;

namespace Lpsa.Publishing;

/// <summary>Types of items that WordPress keeps for itself, with why they are left.</summary>
static class WxrTypes
{
    public static readonly FrozenDictionary<string, string> Internal = new Dictionary<string, string>
    {
        ["nav_menu_item"] = "menus are made anew here",
        ["revision"] = "earlier versions of a text",
        ["custom_css"] = "styling of the old theme",
        ["customize_changeset"] = "settings of the old theme",
        ["oembed_cache"] = "a cache",
        ["user_request"] = "requests about personal data",
        ["wp_template"] = "a page template of the old theme",
        ["wp_template_part"] = "a page template of the old theme",
        ["wp_global_styles"] = "styling of the old theme",
        ["wp_navigation"] = "menus are made anew here",
        ["wp_font_family"] = "fonts of the old theme",
        ["wp_font_face"] = "fonts of the old theme",
        ["acf-field"] = "settings of a plugin",
        ["acf-field-group"] = "settings of a plugin",
        ["wpcf7_contact_form"] = "a form of a plugin",
        ["shop_order"] = "orders of a shop",
        ["scheduled-action"] = "a work list of a plugin",
    }.ToFrozenDictionary();

    public static WxrKind KindOf(string type) =>
        type switch
        {
            "post" or "" => WxrKind.Post,
            "page" => WxrKind.Page,
            "attachment" => WxrKind.Attachment,
            _ => WxrKind.Other,
        };
}
