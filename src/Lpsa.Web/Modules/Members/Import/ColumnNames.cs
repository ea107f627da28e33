using System.Globalization;
using System.Text;
using Lpsa.Platform;

namespace Lpsa.Members;

/// <summary>What a column of a file holds.</summary>
internal enum MemberField
{
    Email,
    Name,
    FirstName,
    LastName,
    Language,
    Country,
    CountryGuess,
    Stakeholder,
    Institution,
    Position,
    Themes,
    Regions,
    Sectors,
    Objectives,
    Languages,
    Tags,
    AskedAt,
    AskedFrom,
    ConfirmedAt,
    ConfirmedFrom,
    EndedAt,
    EndReason,
    BouncedAt,
    Status,
    Subscribed,
    DeletedAt,
    Attributes,

    /// <summary>Known, and nothing of it is kept.</summary>
    Ignored,
}

/// <summary>How files call their columns, in five languages; compared without case, accents and punctuation.</summary>
static class ColumnNames
{
    private static readonly Dictionary<string, MemberField> Known = new(StringComparer.Ordinal);

    static ColumnNames()
    {
        Of(
            MemberField.Email,
            "email, email address, e mail, e mail address, mail, courriel, adresse e mail, adresse electronique, adresse mail, correo, correo electronico, direccion de correo electronico, endereco de email, endereco de e mail, correio eletronico, البريد الالكتروني, بريد الكتروني, البريد"
        );
        Of(
            MemberField.Name,
            "name, full name, fname lname, nom complet, nom et prenom, nombre completo, nombre y apellidos, nome completo, nome, الاسم, الاسم الكامل"
        );
        Of(
            MemberField.FirstName,
            "first name, fname, given name, firstname, forename, prenom, nombre, nombres, primeiro nome, الاسم الاول"
        );
        Of(
            MemberField.LastName,
            "last name, lname, surname, family name, lastname, nom, nom de famille, apellido, apellidos, sobrenome, apelido, اسم العائله, اللقب"
        );
        Of(MemberField.Language, "language, locale, preferred language, langue, idioma, lingua, اللغه");
        Of(MemberField.Country, "country, country name, pays, pais, البلد, الدوله");
        Of(MemberField.CountryGuess, "cc, country code");
        Of(
            MemberField.Stakeholder,
            "stakeholder, stakeholder type, stakeholder group, type of organization, type of institution, organization type, type d organisation, type d institution, tipo de organizacion, tipo de institucion, tipo de organizacao, tipo de instituicao, نوع المؤسسه"
        );
        Of(
            MemberField.Institution,
            "institution, organization, organisation, company, employer, affiliation, entreprise, institucion, organizacion, empresa, instituicao, organizacao, المؤسسه, المنظمه, جهه العمل"
        );
        Of(
            MemberField.Position,
            "position, job title, job, role, fonction, poste, cargo, puesto, funcao, المنصب, الوظيفه, المسمي الوظيفي"
        );
        Of(
            MemberField.Themes,
            "themes, theme, topics, topic, interests, thematiques, sujets, themes d interet, temas, tema, intereses, interesses, المواضيع, الاهتمامات"
        );
        Of(MemberField.Regions, "regions, region of interest, regions of interest, regiones, regioes, المناطق");
        Of(MemberField.Sectors, "sectors, sector, secteurs, secteur, sectores, setores, setor, القطاعات");
        Of(MemberField.Objectives, "objectives, policy objectives, objectifs, objetivos, الاهداف");
        Of(MemberField.Languages, "languages, languages read, langues, idiomas, linguas, اللغات");
        Of(MemberField.Tags, "tags, labels, etiquettes, etiquetas, marcadores, الوسوم");
        Of(
            MemberField.AskedAt,
            "optin time, created at, joined at, joined, date joined, subscribed at, date, date d inscription, fecha de alta, fecha de inscripcion, data de inscricao, تاريخ الانضمام, تاريخ التسجيل"
        );
        Of(MemberField.AskedFrom, "optin ip");
        Of(MemberField.ConfirmedAt, "confirm time");
        Of(MemberField.ConfirmedFrom, "confirm ip");
        Of(MemberField.EndedAt, "unsub time, unsubscribed at");
        Of(MemberField.EndReason, "unsub reason");
        Of(MemberField.BouncedAt, "clean time");
        Of(MemberField.Status, "status");
        Of(MemberField.Subscribed, "subscribed to emails, subscribed");
        Of(MemberField.DeletedAt, "deleted at");
        Of(MemberField.Attributes, "attributes");
        Of(
            MemberField.Ignored,
            "member rating, latitude, longitude, gmtoff, dstoff, timezone, region, last changed, leid, euid, notes, note, unsub campaign title, unsub campaign id, unsub reason other, clean campaign title, clean campaign id, uuid, id, updated at, stripe customer id, complimentary plan, tiers"
        );
    }

    public static MemberField? Find(string header) => Known.TryGetValue(Fold(header), out var field) ? field : null;

    /// <summary>By the name of the field itself, as typed after <c>--map</c>.</summary>
    public static MemberField? Named(string field) =>
        Enum.TryParse<MemberField>(field.Replace(" ", "").Replace("-", ""), ignoreCase: true, out var found)
        && !char.IsAsciiDigit(field[0])
            ? found
            : Find(field);

    public static string Fold(string header) => Spelling.Fold(header);

    private static void Of(MemberField field, string names)
    {
        foreach (var name in names.Split(", "))
            Known[name] = field;
    }
}
