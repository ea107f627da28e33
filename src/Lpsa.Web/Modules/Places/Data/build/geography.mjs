// Facts compiled by this project: which territories exist, who they belong to, and the regions LPSA sorts them into.
// Everything is by ISO 3166-1 alpha-3; XKX is the user-assigned code in common use for Kosovo.

const list = text => text.trim().split(/\s+/);

/**
 * The country list of LPSA profiles. LPSA publishes the scheme, not a full membership list. Countries with a profile
 * entry follow that entry; the rest follow the World Bank region of the time, with two exceptions: Malta goes with
 * Europe, and North America with Latin America as the scheme's own label says. Territories follow their geography.
 */
export const countryList = {
  SSA: list(`AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV ERI ETH GAB GHA GIN GMB GNB GNQ KEN LBR LSO MDG MLI MOZ MRT MUS
    MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TZA UGA ZAF ZMB ZWE ATF IOT MYT REU SHN`),
  ASIA: list(`AFG AUS BGD BRN BTN CHN FJI FSM IDN IND JPN KHM KIR KOR LAO LKA MDV MHL MMR MNG MYS NPL NRU NZL PAK PHL PLW PNG
    PRK SGP SLB THA TLS TON TUV TWN VNM VUT WSM ASM CCK COK CXR GUM HKG HMD MAC MNP NCL NFK NIU PCN PYF TKL UMI WLF`),
  ECA: list(`ALB AND ARM AUT AZE BEL BGR BIH BLR CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GEO GRC HRV HUN IRL ISL ITA KAZ KGZ
    LIE LTU LUX LVA MCO MDA MKD MLT MNE NLD NOR POL PRT ROU RUS SMR SRB SVK SVN SWE TJK TKM TUR UKR UZB VAT XKX ALA FRO GGY
    GIB IMN JEY SJM`),
  LAC: list(`ARG ATG BHS BLZ BOL BRA BRB CAN CHL COL CRI CUB DMA DOM ECU GRD GTM GUY HND HTI JAM KNA LCA MEX NIC PAN PER PRY
    SLV SUR TTO URY USA VCT VEN ABW AIA BES BLM BMU BVT CUW CYM FLK GLP GRL GUF MAF MSR MTQ PRI SGS SPM SXM TCA VGB VIR`),
  MENA: list('ARE BHR DJI DZA EGY IRN IRQ ISR JOR KWT LBN LBY MAR OMN PSE QAT SAU SYR TUN YEM ESH'),
  NONE: list('ATA'),
};

/** North America in the country list; the menu of the site had no heading for it. */
export const northAmerica = list('USA CAN BMU GRL SPM');

/** The 2015 site divided Asia in two; these are its South Asia. */
export const southAsia = list('AFG BGD BTN IND LKA MDV NPL PAK');

/** World Bank regions as used from fiscal year 2022 to fiscal year 2025; economies the Bank does not list have none. */
export const worldBank = {
  SSF: list(`AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV ERI ETH GAB GHA GIN GMB GNB GNQ KEN LBR LSO MDG MLI MOZ MRT MUS
    MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TZA UGA ZAF ZMB ZWE`),
  SAS: southAsia,
  EAS: list(`ASM AUS BRN CHN FJI FSM GUM HKG IDN JPN KHM KIR KOR LAO MAC MHL MMR MNG MNP MYS NCL NRU NZL PHL PLW PNG PRK PYF
    SGP SLB THA TLS TON TUV TWN VNM VUT WSM`),
  ECS: list(`ALB AND ARM AUT AZE BEL BGR BIH BLR CHE CYP CZE DEU DNK ESP EST FIN FRA FRO GBR GEO GGY GIB GRC GRL HRV HUN IMN
    IRL ISL ITA JEY KAZ KGZ LIE LTU LUX LVA MCO MDA MKD MNE NLD NOR POL PRT ROU RUS SMR SRB SVK SVN SWE TJK TKM TUR UKR UZB
    XKX`),
  LCN: list(`ABW ARG ATG BHS BLZ BOL BRA BRB CHL COL CRI CUB CUW CYM DMA DOM ECU GRD GTM GUY HND HTI JAM KNA LCA MAF MEX NIC
    PAN PER PRI PRY SLV SUR SXM TCA TTO URY VCT VEN VGB VIR`),
  MEA: list('ARE BHR DJI DZA EGY IRN IRQ ISR JOR KWT LBN LBY MAR MLT OMN PSE QAT SAU SYR TUN YEM'),
  NAC: list('BMU CAN USA'),
};

/** The 38 members of the OECD since Costa Rica joined in May 2021. */
export const oecd = list(`AUS AUT BEL CAN CHE CHL COL CRI CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IRL ISL ISR ITA JPN KOR LTU
  LUX LVA MEX NLD NOR NZL POL PRT SVK SVN SWE TUR USA`);

/** Dependent territories and areas of special status, each with the state it belongs to. */
export const territories = Object.fromEntries(
  Object.entries({
    AUS: 'CCK CXR HMD NFK',
    CHN: 'HKG MAC',
    DNK: 'FRO GRL',
    FIN: 'ALA',
    FRA: 'ATF BLM GLP GUF MAF MTQ MYT NCL PYF REU SPM WLF',
    GBR: 'AIA BMU CYM FLK GGY GIB IMN IOT JEY MSR PCN SGS SHN TCA VGB',
    NLD: 'ABW BES CUW SXM',
    NOR: 'BVT SJM',
    NZL: 'COK NIU TKL',
    USA: 'ASM GUM MNP PRI UMI VIR',
  }).flatMap(([state, places]) => list(places).map(place => [place, state])),
);

/** Neither member of the United Nations nor territory of a member. */
export const specialStatus = {
  VAT: 'observer',
  PSE: 'observer',
  TWN: 'special',
  XKX: 'special',
  ESH: 'special',
  ATA: 'special',
};

/** One sentence on status, printed where the status is contested or needs a word. */
export const statusNote = {
  TWN: 'Not a member of the United Nations, which treats it as part of China; governed separately.',
  XKX: 'Declared independence in 2008; recognised by some states and not by others; XKX is a user-assigned code.',
  ESH: 'On the United Nations list of non-self-governing territories; its status is not settled.',
  ATA: 'Governed by the Antarctic Treaty of 1959; no population of its own.',
  PSE: 'Non-member observer state at the United Nations since 2012.',
  VAT: 'Seat of the Holy See, a non-member observer at the United Nations.',
  FLK: 'Administered by the United Kingdom and claimed by Argentina as Islas Malvinas.',
  SGS: 'Administered by the United Kingdom and claimed by Argentina.',
  COK: 'Self-governing in free association with New Zealand.',
  NIU: 'Self-governing in free association with New Zealand.',
  IOT: 'Under a treaty signed in May 2025 sovereignty passes to Mauritius once the treaty enters into force.',
  UMI: 'A code for scattered islands of the United States with no permanent population.',
};

/** Areas that the UN M49 tree of CLDR leaves out or files under a placeholder. */
export const m49Exceptions = { ATA: '010' };

/** Corrections to neighbours computed from the shared lines of the map, which follows control on the ground. */
export const neighbourCorrections = {
  add: [
    ['BWA', 'ZMB'], // about 150 m of the Zambezi at Kazungula, a point at the scale of the map
    ['ESP', 'MAR'], // Ceuta and Melilla
    ['FRA', 'AND'],
    ['CAN', 'GRL'], // Hans Island, divided in 2022
    ['MAF', 'SXM'],
    ['GUF', 'BRA'],
    ['GUF', 'SUR'],
    ['ESP', 'GIB'],
    ['ITA', 'VAT'],
    ['GBR', 'CYP'], // sovereign base areas
    ['SOM', 'DJI'],
    ['ISR', 'SYR'], // along the line of 1974 in the Golan
    ['SDN', 'EGY'],
    ['CHN', 'HKG'],
    ['CHN', 'MAC'],
    ['UKR', 'RUS'],
  ],
  remove: [
    ['FRA', 'BRA'], // French Guiana stands on its own
    ['FRA', 'SUR'],
    ['FRA', 'SXM'],
    ['NLD', 'MAF'],
    ['NLD', 'FRA'],
    ['USA', 'CUB'], // the naval base at Guantánamo is leased
    ['KAZ', 'KAZ'],
  ],
};
