// Builds countries.json, schemes.json and geometry.json beside this folder. Run: npm ci && npm run build
// The files are committed, so neither the build of the platform nor its start needs Node.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as geography from './geography.mjs';
import { alternatives, preferred } from './names.mjs';
import { lpsaRegions, m49IntermediateNames, m49Labels, m49Names, m49SubregionNames, schemes } from './regions.mjs';
import { buildMap, sharedBorders } from './map.mjs';

const require = createRequire(import.meta.url);
const json = path => JSON.parse(readFileSync(require.resolve(path)));
const write = (name, text) => {
  writeFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), text + '\n');
  console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
};
/** One array element per line: small diffs without the bulk of full indentation. */
const rows = items => `[\n${items.map(item => JSON.stringify(item)).join(',\n')}\n]`;

const codes = json('cldr-core/supplemental/codeMappings.json').supplemental.codeMappings;
const containment = json('cldr-core/supplemental/territoryContainment.json').supplemental.territoryContainment;
const languages = ['en', 'fr', 'es', 'pt', 'ar', 'ru', 'zh'];
const cldr = Object.fromEntries([...languages, 'pt-PT'].map(language =>
  [language, json(`cldr-localenames-full/main/${language}/territories.json`).main[language].localeDisplayNames.territories]));

const places = Object.values(geography.countryList).flat().sort();
const iso2Of = Object.fromEntries(Object.entries(codes).filter(([key, value]) => /^[A-Z]{2}$/.test(key) && value._alpha3).map(([key, value]) => [value._alpha3, key]));
iso2Of.XKX = 'XK';
const numericOf = code => (code === 'XKX' ? null : codes[iso2Of[code]]._numeric);
const iso3ByNumeric = new Map(places.filter(code => code !== 'XKX').map(code => [numericOf(code), code]));

// --- Regions of the United Nations, as CLDR carries them ---------------------------------------------------------
const parents = new Map();
const climb = (code, path) => {
  for (const child of containment[code]?._contains ?? []) {
    if (/^\d/.test(child)) climb(child, [...path, child]);
    else if (child !== 'QO') parents.set(child, path);
  }
};
climb('001', []);
for (const place of containment.QO?._contains ?? []) parents.set(place, null);
const groups = { '011': '202', '014': '202', '017': '202', '018': '202', '005': '419', '013': '419', '029': '419' };
const m49Of = code => {
  const exception = geography.m49Exceptions[code];
  if (exception) return { region: exception, subregion: exception };
  const [region, leaf] = parents.get(iso2Of[code]) ?? [];
  if (!leaf) throw new Error(`No M49 region for ${code}`);
  return groups[leaf] ? { region, subregion: groups[leaf], intermediate: leaf } : { region, subregion: leaf };
};
const label = code => m49Labels[code] ?? Object.fromEntries(['en', 'fr', 'es', 'pt', 'ar'].map(language => [language, capital(cldr[language][code])]));
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

const regionsOf = code => {
  const m49 = m49Of(code);
  const list = Object.keys(geography.countryList).find(region => geography.countryList[region].includes(code));
  const menu = list === 'NONE' || geography.northAmerica.includes(code) ? null : list;
  return {
    'country-list': list,
    menu,
    'working-groups': menu === 'MENA' ? null : menu,
    'site-2015': menu === 'SSA' ? 'AFR' : menu === 'ASIA' ? (geography.southAsia.includes(code) ? 'SAR' : 'EAP') : menu,
    'm49-region': m49.region,
    'm49-subregion': m49.subregion,
    'm49-intermediate': m49.intermediate ?? null,
    'world-bank': Object.keys(geography.worldBank).find(region => geography.worldBank[region].includes(code)) ?? null,
    oecd: geography.oecd.includes(code) ? 'OECD' : null,
  };
};

// --- Neighbours ---------------------------------------------------------------------------------------------------
const near = new Map(places.map(code => [code, new Set()]));
for (const [one, other] of [...sharedBorders(iso3ByNumeric), ...geography.neighbourCorrections.add]) {
  near.get(one).add(other);
  near.get(other).add(one);
}
for (const [one, other] of geography.neighbourCorrections.remove) {
  near.get(one).delete(other);
  near.get(other).delete(one);
}

// --- Names --------------------------------------------------------------------------------------------------------
const namesOf = code => Object.fromEntries(languages.map(language => [language, preferred[code]?.[language] ?? cldr[language][iso2Of[code]]]));
const otherNamesOf = code => {
  const names = Object.values(namesOf(code));
  const iso2 = iso2Of[code];
  const fromCldr = [...languages, 'pt-PT'].flatMap(language =>
    ['', '-alt-short', '-alt-variant'].map(suffix => cldr[language][iso2 + suffix])).filter(Boolean);
  // Two-letter short forms collide with country codes: "RU" is the United Kingdom in Spanish and Russia as a code.
  const distinct = fromCldr.filter(name => name.replace(/[^\p{L}]/gu, '').length > 2 || /\p{Script=Han}/u.test(name));
  return [...new Set([...(alternatives[code] ?? []), ...distinct])].filter(name => !names.includes(name));
};

const map = buildMap(places, iso3ByNumeric);
write('geometry.json', JSON.stringify(map)
  .replace('"countries":{', '"countries":{\n').replace('"disputedAreas":[', '\n"disputedAreas":[\n').replace('"disputedLines":[', '\n"disputedLines":[\n')
  .replaceAll('},"', '},\n"').replaceAll('},{', '},\n{'));

write('countries.json', rows(places.map(code => ({
  iso3: code,
  iso2: iso2Of[code],
  numeric: numericOf(code),
  status: geography.territories[code] ? 'territory' : (geography.specialStatus[code] ?? 'member'),
  partOf: geography.territories[code] ?? null,
  note: geography.statusNote[code] ?? null,
  names: namesOf(code),
  otherNames: otherNamesOf(code),
  neighbours: [...near.get(code)].sort(),
  regions: regionsOf(code),
}))));

const m49Scheme = (code, kind, names, level) => {
  const members = [...new Set(places.map(place => m49Of(place)[level]).filter(Boolean))].sort();
  return { code, kind, names, regions: members.map(region => ({ code: region, lpsa: null, names: label(region) })) };
};
write('schemes.json', `{"lpsaRegions":${rows(lpsaRegions)},\n"schemes":${rows([
  ...schemes,
  m49Scheme('m49-region', 'partition', m49Names, 'region'),
  m49Scheme('m49-subregion', 'partition', m49SubregionNames, 'subregion'),
  m49Scheme('m49-intermediate', 'partial', m49IntermediateNames, 'intermediate'),
])}}`);
