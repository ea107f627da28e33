using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>
/// Short texts about local government in seven languages, written for these tests. One line each: key, kind, date,
/// facets, title, text. The language is the start of the key; keys that differ only in it are translations of one thing.
/// </summary>
internal static class SearchCorpus
{
    private const string Lines = """
        en01 | post | 2024-03-05 | country:KEN theme:fiscal | Fiscal transfers to county governments in Kenya | Counties receive an equitable share of national revenue. The formula weighs population, poverty and land area.
        fr01 | post | 2024-03-05 | country:KEN theme:fiscal | Transferts budgétaires aux comtés du Kenya | Les comtés reçoivent une part équitable des recettes nationales. La formule tient compte de la population, de la pauvreté et de la superficie.
        en02 | post | 2025-01-17 | country:UGA theme:fiscal | Own-source revenue in Ugandan cities | Property rates and licences bring in little. Digital registers raised collection in Kampala.
        en03 | post | 2023-11-02 | theme:mlg | What is multi-level governance? | Multi-level governance describes how central, regional and local governments share authority.
        fr03 | post | 2023-11-02 | theme:mlg | Qu’est-ce que la gouvernance multiniveau ? | La gouvernance multiniveau décrit le partage de l’autorité entre l’État, les régions et les communes.
        es03 | post | 2023-11-02 | theme:mlg | ¿Qué es la gobernanza multinivel? | La gobernanza multinivel describe cómo comparten la autoridad el gobierno central, las regiones y los municipios.
        en04 | post | 2022-06-30 | country:IND theme:admin | Panchayats and the three Fs: functions, funds, functionaries | Villages in Kerala plan their own budgets. Other states devolved functions without funds.
        en05 | event | 2026-02-10 | theme:fiscal | Webinar: intergovernmental fiscal transfers that reward performance | Performance grants pay local governments for results. Speakers from Tanzania and Bangladesh.
        en06 | publication | 2021-09-01 | theme:frameworks | Local Governance Institutional Comparative Assessment: handbook | LoGICA compares how powers, functions and resources are placed at each level of government.
        en07 | country | | country:KEN region:SSA | Kenya | Two levels of government: the national government and 47 counties created by the 2010 constitution.
        fr07 | country | | country:KEN region:SSA | Kenya | Deux niveaux de gouvernement : l’État et 47 comtés créés par la constitution de 2010.
        es07 | country | | country:KEN region:SSA | Kenia | Dos niveles de gobierno: el nacional y 47 condados creados por la constitución de 2010.
        pt07 | country | | country:KEN region:SSA | Quénia | Dois níveis de governo: o nacional e 47 condados criados pela constituição de 2010.
        ar07 | country | | country:KEN region:SSA | كينيا | مستويان من الحكم: الحكومة الوطنية و47 مقاطعة أنشأها دستور عام 2010.
        ru07 | country | | country:KEN region:SSA | Кения | Два уровня власти: национальное правительство и 47 округов, созданных конституцией 2010 года.
        zh07 | country | | country:KEN region:SSA | 肯尼亚 | 两级政府：国家政府和2010年宪法设立的47个县。
        en08 | country | | country:CIV region:SSA | Côte d’Ivoire | Regions, autonomous districts and communes. Ivory Coast elects its municipal councils every five years.
        fr08 | country | | country:CIV region:SSA | Côte d’Ivoire | Régions, districts autonomes et communes. Les conseils municipaux sont élus tous les cinq ans.
        en09 | country | | country:TCD region:SSA | Chad | The capital N’Djamena has a special status; provinces and communes have elected councils by law.
        en10 | country | | country:BRA region:LAC | Brazil | A federation of 26 states, a federal district and 5,570 municipalities with equal constitutional standing.
        pt10 | country | | country:BRA region:LAC | Brasil | Uma federação de 26 estados, um distrito federal e 5.570 municípios com igual estatuto constitucional.
        zh10 | country | | country:BRA region:LAC | 巴西 | 由26个州、一个联邦区和5570个市组成的联邦。
        en11 | country | | country:IDN region:ASIA | Indonesia | Big-bang decentralization in 2001 moved most services to districts and cities.
        en12 | country | | country:UKR region:ECA | Ukraine | Amalgamated hromadas became the basic level of self-government after the 2014 reform.
        ru12 | country | | country:UKR region:ECA | Украина | Объединённые громады стали базовым уровнем самоуправления после реформы 2014 года.
        en13 | post | 2025-05-20 | country:UKR theme:conflict | Local self-government in Ukraine during the war | Hromadas shelter displaced people, repair water networks and keep schools open while revenue falls.
        en14 | post | 2020-04-11 | theme:localizing | COVID-19 and subnational governments | Local health departments traced contacts. Sub-national borrowing rose as own revenue collapsed.
        en15 | post | 2024-08-19 | country:PHL theme:localizing | After the Mandanas ruling: more money for Philippine barangays | The Supreme Court enlarged the tax base shared with local government units.
        en16 | post | 2024-10-03 | theme:women | Women councillors change what local councils spend on | Reserved seats in village councils shifted spending to drinking water. Women’s networks matter.
        en17 | post | 2023-02-14 | theme:climate | Climate finance rarely reaches local governments | Less than a tenth of climate finance is spent locally. Performance-based climate resilience grants show a way.
        en18 | post | 2021-12-12 | theme:cities | Metropolitan governance without a metropolitan government | Agglomerations cross municipal borders. Transport authorities and joint bodies fill the gap.
        en19 | post | 2019-07-07 | country:GBR theme:fiscal | Council tax and business rates: decentralisation in England stalls | Labour and Conservative governments promised fiscal devolution. Councils still depend on grants.
        en20 | post | 2018-05-05 | country:USA theme:political | Home rule and pre-emption in American states | State legislatures pre-empt city ordinances on wages and housing.
        en21 | publication | 2022-01-20 | theme:fiscal | Intergovernmental Fiscal Expenditure Review: manual | InFER tracks spending on devolved, deconcentrated and delegated functions by level of government.
        en22 | publication | 2017-03-15 | theme:fiscal | Equalization grants: principles and formulas | Fiscal equalization narrows gaps between rich and poor regions. Equalization can be horizontal or vertical. Equalization formulas use capacity and need.
        en23 | publication | 2016-10-01 | theme:research | Does decentralization improve service delivery? A review of evidence | Results are mixed. Decentralization improves education outcomes where local capacity exists.
        en24 | post | 2025-09-09 | theme:political | Why local elections are won on national issues | Voters punish the party in office. Turnout in local elections falls.
        en25 | event | 2025-11-25 | theme:political | Round table on local democracy | A discussion about citizen assemblies, participatory budgeting and local elections.
        en26 | event | 2024-06-18 | country:ZAF theme:fiscal | Municipal finance clinic: borrowing and creditworthiness | South African metros issue bonds; smaller municipalities owe Eskom.
        en27 | post | 2022-09-27 | country:ZAF theme:localizing | Water boards, municipalities and unpaid bills | Municipal debt to water boards threatens supply. The rule of law requires that bills be paid.
        en28 | post | 2021-04-30 | theme:admin | Civil servants: who hires the teachers? | Administrative decentralization fails when the ministry of education hires, pays and moves teachers.
        en29 | post | 2020-10-10 | theme:admin | Ministries for finance and their mayors | A ministry of finance sees local budgets as risk. Mayors see the treasury as delay.
        en30 | post | 2026-01-12 | theme:updates | LPSA annual report | The Local Public Sector Alliance reports on members, events and publications.
        en31 | glossary | | theme:frameworks | Deconcentration | The transfer of tasks to field offices of central ministries, which stay accountable upward.
        en32 | glossary | | theme:frameworks | Devolution | The transfer of powers and resources to elected local governments that answer to their voters.
        en33 | glossary | | theme:frameworks | Delegation | The transfer of a task to a body outside the ministry, which answers to it by contract.
        fr32 | glossary | | theme:frameworks | Dévolution | Transfert de pouvoirs et de ressources à des collectivités élues, responsables devant leurs électeurs.
        en34 | glossary | | theme:fiscal | Vertical fiscal imbalance | The part of subnational spending not covered by own revenue.
        en35 | glossary | | theme:fiscal | C.o.g. | Classification of the functions of government, in short COFOG.
        en36 | person | | country:TUN | Amina Ben Salah | Economist in Tunis. Works on municipal budgets and on the decentralization code of Tunisia.
        en37 | person | | country:FRA | Zoé Lefèvre | Lawyer for intercommunal cooperation in Saint-Étienne.
        en38 | person | | country:MEX | José Núñez Peña | Former mayor; teaches municipal finance in Oaxaca.
        en39 | post | 2023-05-08 | country:MEX theme:fiscal | Mexico’s states spend, the federation taxes | Fiscal federalism in Mexico leaves states dependent on transfers called participaciones and aportaciones.
        es39 | post | 2023-05-08 | country:MEX theme:fiscal | Los estados de México gastan, la federación recauda | El federalismo fiscal deja a los estados dependientes de participaciones y aportaciones.
        es40 | post | 2024-02-21 | country:COL theme:fiscal | Descentralización fiscal en Colombia: el Sistema General de Participaciones | Las transferencias a los municipios financian educación, salud y agua potable.
        es41 | post | 2022-11-30 | country:PER theme:political | Elecciones municipales y regionales en el Perú | Los alcaldes no pueden ser reelegidos. Los partidos regionales ganan terreno.
        es42 | post | 2021-03-18 | country:CHL theme:political | Chile elige gobernadores regionales por primera vez | La reforma crea gobernadores elegidos junto a delegados presidenciales.
        es43 | publication | 2020-08-08 | theme:fiscal | Impuesto predial: guía para municipalidades | El impuesto predial es la principal fuente de ingresos propios. El catastro debe actualizarse.
        es44 | event | 2026-03-03 | theme:women | Mujeres alcaldesas: encuentro regional | Alcaldesas de diez países hablan de paridad y violencia política.
        pt45 | post | 2023-08-16 | country:MOZ theme:admin | Descentralização em Moçambique: governadores eleitos e secretários de Estado | As regiões têm agora dois rostos. As competências sobrepõem-se.
        pt46 | post | 2022-04-25 | country:PRT theme:admin | Transferência de competências para as autarquias locais | Os municípios portugueses recebem escolas e centros de saúde.
        pt47 | publication | 2021-06-06 | country:BRA theme:fiscal | Impostos municipais no Brasil: ISS e IPTU | Os impostos municipais crescem nas regiões metropolitanas.
        pt48 | event | 2025-07-01 | country:CPV theme:mlg | Seminário sobre regionalização em Cabo Verde | Ilhas, municípios e o Estado debatem a regionalização.
        fr49 | post | 2024-12-01 | country:SEN theme:political | Élections territoriales au Sénégal : ce qui change | Les maires sont élus au suffrage direct. Les collectivités territoriales attendent leurs ressources.
        fr50 | post | 2023-09-15 | country:MLI theme:conflict | Décentralisation et sécurité au Mali | Les collectivités locales du nord ont perdu leurs agents. L’accord de paix promettait la régionalisation.
        fr51 | post | 2021-01-28 | country:FRA theme:fiscal | La suppression de la taxe d’habitation prive les communes d’un impôt local | Les communes perdent leur principal impôt. Les impôts locaux se réduisent au foncier.
        fr52 | publication | 2019-11-11 | theme:admin | Guide de la déconcentration et de la décentralisation | La déconcentration n’est pas la décentralisation : le préfet répond au ministre.
        fr53 | event | 2025-04-04 | country:MAR theme:mlg | Atelier sur la régionalisation avancée au Maroc | Les régions marocaines et le code des collectivités territoriales.
        ar54 | post | 2024-05-06 | country:TUN theme:admin | اللامركزية في تونس بعد عشر سنوات | صدرت مجلة الجماعات المحلية سنة 2018. البلديات تنتظر الموارد المالية.
        ar55 | post | 2023-03-09 | country:MAR theme:mlg | الجهوية المتقدمة في المغرب | الجهات المغربية لها مجالس منتخبة واختصاصات ذاتية ومشتركة.
        ar56 | post | 2022-02-02 | country:JOR theme:political | الانتخابات البلدية في الأردن | انتخب المواطنون رؤساء البلديات وأعضاء المجالس المحلية.
        ar57 | publication | 2020-12-20 | theme:fiscal | دليل الإيرادات المحلية للبلديات | الإيرادات الذاتية هي الضرائب والرسوم. البلدية تحتاج إلى سجل للأملاك.
        ar58 | event | 2025-10-15 | country:EGY theme:admin | ندوة عن الإدارة المحلية في مصر | المحافظون يعينهم الرئيس. قانون الإدارة المحلية الجديد ينتظر البرلمان.
        ru59 | post | 2024-07-22 | country:KAZ theme:admin | Выборы сельских акимов в Казахстане | Жители впервые избрали акимов сёл. Бюджеты сёл остаются малыми.
        ru60 | publication | 2018-09-30 | country:RUS theme:fiscal | Местные бюджеты и межбюджетные трансферты | Доходы местных бюджетов зависят от трансфертов из бюджета региона.
        ru61 | post | 2021-08-01 | country:KGZ theme:fiscal | Муниципальные финансы в Кыргызстане | Айыл окмоту собирают земельный налог. Муниципалитеты получают выравнивающие гранты.
        zh62 | post | 2023-06-25 | country:CHN theme:fiscal | 中国地方政府债务与土地财政 | 地方政府依靠土地出让收入，债务风险上升。
        zh63 | publication | 2020-03-03 | country:CHN theme:admin | 省直管县改革 | 河南省等地试行省直管县财政体制。
        zh64 | post | 2022-10-20 | country:TWN theme:political | 地方選舉與六都市長 | 市長與縣長由選民直接選出。
        en65 | post | 2024-01-01 | theme:fiscal | Tax assignment: who should tax what | Immobile bases suit local taxes. A tax on land, a tax on houses, a tax on cars: local tax choices are few. Income tax is usually central.
        en66 | post | 2015-02-02 | theme:fiscal | An old note on land value capture | Land value capture returns part of the gain from public works to the public.
        en67 | course | | theme:frameworks | Introduction to decentralization | Six lessons on political, administrative and fiscal decentralization, with a certificate.
        en68 | course | | theme:fiscal | Public financial management for local governments | Budgets, accounting, procurement and audit for local treasurers.
        en69 | indicator | | theme:fiscal | Subnational expenditure as a share of general government expenditure | Percent of general government expenditure, IMF Government Finance Statistics.
        en70 | indicator | | theme:fiscal | Own-source revenue per capita | Local currency at constant prices.
        en71 | post | 2025-12-31 | country:NPL theme:political | Nepal’s 753 local governments after eight years | Federal, provincial and local levels share powers. Municipalities make their own laws.
        en72 | post | 2023-12-01 | country:BGD theme:localizing | Union parishads deliver more than they are credited with | Union parishads in Bangladesh run markets, roads and birth registration.
        en73 | post | 2022-12-24 | country:MNG theme:fiscal | Mongolia’s local development fund | Citizens choose small projects; the fund is volatile as coal revenue swings.
        en74 | post | 2021-07-15 | country:JPN theme:fiscal | Hometown tax donations in Japan | Taxpayers send part of their residence tax to towns of their choice and get local food in return.
        en75 | post | 2020-01-05 | country:KOR theme:political | Seoul and the provinces: Korea’s local autonomy act | Amendments widened the initiative right of residents. 지방자치법 is the local autonomy act.
        """;

    public static IReadOnlyList<SearchDocument> Documents { get; } =
    [.. Lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read)];

    /// <summary>The key of the line that a document came from.</summary>
    public static string KeyOf(SearchHit hit) => hit.Path[1..];

    public static Guid IdOf(string number) => new(int.Parse(number), 0, 0, new byte[8]);

    private static SearchDocument Read(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        var (key, kind, date) = (parts[0], parts[1], parts[2]);
        return new SearchDocument
        {
            Key = new SearchKey(kind, IdOf(key[2..])),
            Language = key[..2],
            Path = "/" + key,
            Title = parts[4],
            Body = parts[5],
            Date = date.Length == 0 ? null : DateTime.SpecifyKind(DateTime.Parse(date), DateTimeKind.Utc),
            Facets = parts[3].Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
    }
}
