// Region schemes that LPSA and others use side by side, each with its own labels over LPSA's codes where they meet.

const five = (en, fr, es, pt, ar) => ({ en, fr, es, pt, ar });

const africa = five('Africa', 'Afrique', 'África', 'África', 'أفريقيا');
const subSaharan = five('Sub-Saharan Africa', 'Afrique subsaharienne', 'África subsahariana', 'África Subsaariana', 'أفريقيا جنوب الصحراء الكبرى');
const europe = five('Europe & Central Asia', 'Europe et Asie centrale', 'Europa y Asia central', 'Europa e Ásia Central', 'أوروبا وآسيا الوسطى');
const latin = five('Latin America & Caribbean', 'Amérique latine et Caraïbes', 'América Latina y el Caribe', 'América Latina e Caribe', 'أمريكا اللاتينية والبحر الكاريبي');
const mena = five('Middle East & North Africa', 'Moyen-Orient et Afrique du Nord', 'Oriente Medio y Norte de África', 'Oriente Médio e Norte da África', 'الشرق الأوسط وشمال أفريقيا');
const eastAsia = five('East Asia & Pacific', 'Asie de l’Est et Pacifique', 'Asia oriental y el Pacífico', 'Ásia Oriental e Pacífico', 'شرق آسيا والمحيط الهادئ');
const southAsia = five('South Asia', 'Asie du Sud', 'Asia meridional', 'Sul da Ásia', 'جنوب آسيا');
const oecd = five('OECD', 'OCDE', 'OCDE', 'OCDE', 'منظمة التعاون الاقتصادي والتنمية');
const asia = five('Asia', 'Asie', 'Asia', 'Ásia', 'آسيا');

/** The six codes of LPSA, each a page of its own at /regions/{slug}. */
export const lpsaRegions = [
  {
    code: 'SSA', slug: 'africa', names: africa, alternatives: ['Africa (Sub-Saharan)', 'Sub-Saharan Africa', 'Afrique subsaharienne', 'SSA'],
    slugs: ['sub-saharan-africa', 'ssa'],
    definition: five(
      'The countries of Africa south of the Sahara; North Africa is found under Middle East & North Africa.',
      'Les pays d’Afrique situés au sud du Sahara ; l’Afrique du Nord figure sous Moyen-Orient et Afrique du Nord.',
      'Los países de África situados al sur del Sáhara; el norte de África figura en Oriente Medio y Norte de África.',
      'Os países da África situados ao sul do Saara; o norte da África encontra-se em Oriente Médio e Norte da África.',
      'بلدان أفريقيا الواقعة جنوب الصحراء الكبرى؛ أما شمال أفريقيا فيرد ضمن الشرق الأوسط وشمال أفريقيا.'),
  },
  {
    code: 'ASIA', slug: 'asia', names: asia, alternatives: ['Asia-Pacific', 'Asia Region', 'East Asia & Pacific', 'South Asia', 'Asia and the Pacific'],
    slugs: ['asia-pacific', 'east-asia-pacific', 'south-asia'],
    definition: five(
      'The countries of East, South-east and South Asia, Australia, New Zealand and the islands of the Pacific.',
      'Les pays d’Asie de l’Est, du Sud-Est et du Sud, l’Australie, la Nouvelle-Zélande et les îles du Pacifique.',
      'Los países de Asia oriental, sudoriental y meridional, Australia, Nueva Zelandia y las islas del Pacífico.',
      'Os países da Ásia Oriental, do Sudeste e do Sul da Ásia, a Austrália, a Nova Zelândia e as ilhas do Pacífico.',
      'بلدان شرق آسيا وجنوب شرقها وجنوبها، وأستراليا ونيوزيلندا وجزر المحيط الهادئ.'),
  },
  {
    code: 'ECA', slug: 'europe-central-asia', names: europe, alternatives: ['Europe and Central Asia', 'ECA'],
    slugs: ['europe-and-central-asia', 'eca'],
    definition: five(
      'The countries of Europe, the Caucasus, Türkiye and Central Asia.',
      'Les pays d’Europe, du Caucase et d’Asie centrale ainsi que la Turquie.',
      'Los países de Europa, el Cáucaso y Asia central, y Turquía.',
      'Os países da Europa, do Cáucaso e da Ásia Central, e a Turquia.',
      'بلدان أوروبا والقوقاز وتركيا وآسيا الوسطى.'),
  },
  {
    code: 'LAC', slug: 'latin-america-caribbean', names: latin,
    alternatives: ['North America, Latin America & Caribbean', 'Latin America & the Caribbean', 'Latin America and the Caribbean', 'LAC'],
    slugs: ['latin-america-and-the-caribbean', 'latin-america', 'lac', 'north-america-latin-america-caribbean'],
    definition: five(
      'The countries of Latin America and the Caribbean; the country list places North America here too.',
      'Les pays d’Amérique latine et des Caraïbes ; la liste des pays y range aussi l’Amérique du Nord.',
      'Los países de América Latina y el Caribe; la lista de países incluye aquí también a América del Norte.',
      'Os países da América Latina e do Caribe; a lista de países inclui aqui também a América do Norte.',
      'بلدان أمريكا اللاتينية والبحر الكاريبي؛ وتضع قائمة البلدان أمريكا الشمالية هنا أيضًا.'),
  },
  {
    code: 'MENA', slug: 'middle-east-north-africa', names: mena, alternatives: ['Middle East and North Africa', 'Middle East & North Africa (MENA)', 'MENA'],
    slugs: ['middle-east-and-north-africa', 'mena'],
    definition: five(
      'The countries from Morocco to Iran, in North Africa and the Middle East.',
      'Les pays du Maroc à l’Iran, en Afrique du Nord et au Moyen-Orient.',
      'Los países desde Marruecos hasta Irán, en el norte de África y Oriente Medio.',
      'Os países de Marrocos ao Irã, no norte da África e no Oriente Médio.',
      'البلدان الممتدة من المغرب إلى إيران في شمال أفريقيا والشرق الأوسط.'),
  },
  {
    code: 'OECD', slug: 'oecd', names: oecd,
    alternatives: ['Organisation for Economic Co-operation and Development', 'OECD countries', 'OCDE'], slugs: ['oecd-countries', 'ocde'],
    definition: five(
      'The members of the Organisation for Economic Co-operation and Development, a group that crosses the other regions.',
      'Les membres de l’Organisation de coopération et de développement économiques, un groupe qui traverse les autres régions.',
      'Los miembros de la Organización para la Cooperación y el Desarrollo Económicos, un grupo que atraviesa las demás regiones.',
      'Os membros da Organização para a Cooperação e Desenvolvimento Econômico, um grupo que atravessa as demais regiões.',
      'أعضاء منظمة التعاون الاقتصادي والتنمية، وهي مجموعة تتقاطع مع المناطق الأخرى.'),
  },
];

const region = (code, lpsa, names) => ({ code, lpsa, names });

/** kind: partition (every place in exactly one region), partial (in one or none), overlay (a group across the others). */
export const schemes = [
  {
    code: 'country-list', kind: 'partition', names: five('LPSA country list', 'Liste des pays de la LPSA', 'Lista de países de la LPSA', 'Lista de países da LPSA', 'قائمة البلدان لدى LPSA'),
    regions: [
      region('SSA', 'SSA', five('Africa (Sub-Saharan)', 'Afrique (subsaharienne)', 'África (subsahariana)', 'África (Subsaariana)', 'أفريقيا (جنوب الصحراء)')),
      region('ASIA', 'ASIA', five('Asia-Pacific', 'Asie-Pacifique', 'Asia y el Pacífico', 'Ásia-Pacífico', 'آسيا والمحيط الهادئ')),
      region('ECA', 'ECA', europe),
      region('LAC', 'LAC', five('North America, Latin America & Caribbean', 'Amérique du Nord, Amérique latine et Caraïbes', 'América del Norte, América Latina y el Caribe', 'América do Norte, América Latina e Caribe', 'أمريكا الشمالية وأمريكا اللاتينية والبحر الكاريبي')),
      region('MENA', 'MENA', mena),
      region('NONE', null, five('Outside the regions', 'Hors régions', 'Fuera de las regiones', 'Fora das regiões', 'خارج المناطق')),
    ],
  },
  {
    code: 'menu', kind: 'partial', names: five('Menu of the site, May 2025', 'Menu du site, mai 2025', 'Menú del sitio, mayo de 2025', 'Menu do site, maio de 2025', 'قائمة الموقع، مايو 2025'),
    note: 'The menu has no heading for North America, and OECD stands in it as an overlay.',
    regions: [region('SSA', 'SSA', africa), region('ASIA', 'ASIA', asia), region('ECA', 'ECA', europe), region('LAC', 'LAC', latin), region('MENA', 'MENA', mena)],
  },
  {
    code: 'working-groups', kind: 'partial', names: five('Regional working groups', 'Groupes de travail régionaux', 'Grupos de trabajo regionales', 'Grupos de trabalho regionais', 'فرق العمل الإقليمية'),
    note: 'No working group covers the Middle East and North Africa yet; one was called for early 2026.',
    regions: [
      region('SSA', 'SSA', subSaharan),
      region('ASIA', 'ASIA', five('Asia Region', 'Région Asie', 'Región de Asia', 'Região da Ásia', 'منطقة آسيا')),
      region('ECA', 'ECA', europe),
      region('LAC', 'LAC', five('Latin America & the Caribbean', 'Amérique latine et Caraïbes', 'América Latina y el Caribe', 'América Latina e Caribe', 'أمريكا اللاتينية والبحر الكاريبي')),
    ],
  },
  {
    code: 'site-2015', kind: 'partial', names: five('Site of 2015', 'Site de 2015', 'Sitio de 2015', 'Site de 2015', 'موقع عام 2015'),
    note: 'The site of 2015 divided Asia in two and had no heading for North America beside OECD.',
    regions: [region('AFR', 'SSA', africa), region('EAP', 'ASIA', eastAsia), region('SAR', 'ASIA', southAsia), region('ECA', 'ECA', europe), region('LAC', 'LAC', latin), region('MENA', 'MENA', mena)],
  },
  {
    code: 'world-bank', kind: 'partial', names: five('World Bank regions, fiscal years 2022 to 2025', 'Régions de la Banque mondiale, exercices 2022 à 2025', 'Regiones del Banco Mundial, ejercicios 2022 a 2025', 'Regiões do Banco Mundial, exercícios 2022 a 2025', 'مناطق البنك الدولي، السنوات المالية 2022 إلى 2025'),
    note: 'In fiscal year 2026 the Bank moved Afghanistan and Pakistan to its Middle East region. Economies the Bank does not list have no region here.',
    regions: [
      region('SSF', null, subSaharan), region('SAS', null, southAsia), region('EAS', null, eastAsia), region('ECS', null, europe), region('LCN', null, latin), region('MEA', null, mena),
      region('NAC', null, five('North America', 'Amérique du Nord', 'América del Norte', 'América do Norte', 'أمريكا الشمالية')),
    ],
  },
  {
    code: 'oecd', kind: 'overlay', names: five('OECD membership', 'Membres de l’OCDE', 'Miembros de la OCDE', 'Membros da OCDE', 'عضوية منظمة التعاون الاقتصادي والتنمية'),
    regions: [region('OECD', 'OECD', oecd)],
  },
];

export const m49Names = five('United Nations regions (M49)', 'Régions des Nations Unies (M49)', 'Regiones de las Naciones Unidas (M49)', 'Regiões das Nações Unidas (M49)', 'مناطق الأمم المتحدة (M49)');
export const m49SubregionNames = five('United Nations sub-regions (M49)', 'Sous-régions des Nations Unies (M49)', 'Subregiones de las Naciones Unidas (M49)', 'Sub-regiões das Nações Unidas (M49)', 'المناطق الفرعية للأمم المتحدة (M49)');
export const m49IntermediateNames = five('United Nations intermediate regions (M49)', 'Régions intermédiaires des Nations Unies (M49)', 'Regiones intermedias de las Naciones Unidas (M49)', 'Regiões intermediárias das Nações Unidas (M49)', 'المناطق الوسيطة للأمم المتحدة (M49)');

/** M49 names where CLDR's customary name means something else or is missing. */
export const m49Labels = {
  '010': five('Antarctica', 'Antarctique', 'Antártida', 'Antártida', 'القارة القطبية الجنوبية'),
  '419': five('Latin America and the Caribbean', 'Amérique latine et Caraïbes', 'América Latina y el Caribe', 'América Latina e Caribe', 'أمريكا اللاتينية والبحر الكاريبي'),
  '053': five('Australia and New Zealand', 'Australie et Nouvelle-Zélande', 'Australia y Nueva Zelandia', 'Austrália e Nova Zelândia', 'أستراليا ونيوزيلندا'),
  '057': five('Micronesia (region)', 'Micronésie (région)', 'Micronesia (región)', 'Micronésia (região)', 'ميكرونيزيا (المنطقة)'),
};
