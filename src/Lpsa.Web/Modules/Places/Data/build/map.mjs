import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoEqualEarth, geoPath } from 'd3-geo';
import { geoProject } from 'd3-geo-projection';
import { feature, merge, mesh, neighbors } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';

const require = createRequire(import.meta.url);
const atlas = resolution => JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${resolution}.json`)));

const width = 1600;
// Triangles smaller than this many square units vanish from outlines; islands smaller than islandArea vanish unless
// they are all a place has. Chosen so that the file stays near 50 kB and coasts still read at 1600 pixels.
const detail = 2;
const islandArea = 6;
const smallArea = 60;

/** Parts of a state's outline that ISO 3166-1 codes apart, found by where the polygon lies: west, south, east, north. */
const overseas = [
  ['250', 'GUF', [-55, 2, -51, 6]], ['250', 'GLP', [-62, 15.7, -60.9, 16.6]], ['250', 'MTQ', [-61.4, 14.3, -60.7, 15]],
  ['250', 'REU', [55, -21.6, 56, -20.7]], ['250', 'MYT', [45, -13.2, 45.4, -12.5]], ['528', 'BES', [-69, 11.9, -62, 18]],
  ['578', 'SJM', [-10, 70.5, 35, 81.5]], ['578', 'BVT', [3, -55, 4, -54]], ['554', 'TKL', [-173, -10, -171, -8]],
];

/** Features without an ISO code: what becomes of each. */
const nameless = { Kosovo: 'XKX', Somaliland: 'SOM:Somaliland', 'N. Cyprus': 'CYP:Northern Cyprus', 'Siachen Glacier': '?:Siachen Glacier' };

/** Crimea is in the Russian outline of the source; the United Nations General Assembly (68/262) holds it to be Ukraine's. */
const crimea = ['643', 'UKR:Crimea', [32.4, 44.3, 36.7, 46.3]];

/**
 * The source gives Western Sahara only the part east of the berm. The United Nations draws it up to the parallel that
 * is the northern edge of that part, so Morocco's outline is cut there and the rest joined to Western Sahara.
 */
function restoreWesternSahara(found) {
  const sahara = found.get('ESH');
  const parallel = Math.max(...sahara[0][0].map(point => point[1]));
  const morocco = found.get('MAR').map(polygon => polygon[0]);
  const half = north => morocco.map(ring => cut(ring, parallel, north)).filter(ring => ring.length > 3).map(ring => [ring]);
  found.set('MAR', half(true));
  found.set('ESH', [...sahara, ...half(false)]);
}

/** A ring cut at a parallel, one side kept (Sutherland and Hodgman, "Reentrant polygon clipping", CACM 17(1), 1974). */
function cut(ring, parallel, north) {
  const kept = [];
  const inside = point => (north ? point[1] >= parallel : point[1] <= parallel);
  const add = point => {
    const last = kept.at(-1);
    if (!last || last[0] !== point[0] || last[1] !== point[1]) kept.push(point);
  };
  for (let i = 0; i + 1 < ring.length; i++) {
    const [from, to] = [ring[i], ring[i + 1]];
    if (inside(from)) add(from);
    if (inside(from) === inside(to) || from[1] === parallel || to[1] === parallel) continue;
    add([from[0] + ((parallel - from[1]) / (to[1] - from[1])) * (to[0] - from[0]), parallel]);
  }
  // On the southern side, a corner that only touches the parallel would leave a spike along it.
  const on = point => point[1] === parallel;
  const clean = north ? kept : kept.filter((point, i) => !(on(point) && on(kept.at(i - 1)) && on(kept[(i + 1) % kept.length])));
  return clean.length ? [...clean, clean[0]] : [];
}

/** Where each area lies whose status is not settled; hatched on the map. */
const wholeCountries = { ESH: 'Western Sahara' };

/** Lines drawn broken: by the pair of outlines that share them, and the box in which the line is disputed. */
const brokenLines = [
  ['Line of Control and Aksai Chin', ['IND', 'PAK'], [72.5, 32.2, 80, 37.5]],
  ['Line of Control and Aksai Chin', ['IND', 'CHN'], [75, 30.5, 81, 37.5]],
  ['Line of Control and Aksai Chin', ['?', 'IND'], [70, 30, 82, 38]],
  ['Line of Control and Aksai Chin', ['?', 'PAK'], [70, 30, 82, 38]],
  ['Line of Control and Aksai Chin', ['?', 'CHN'], [70, 30, 82, 38]],
  ['India and China, eastern sector', ['IND', 'CHN'], [91.5, 26.5, 98, 30]],
  ['Kosovo and Serbia', ['XKX', 'SRB']],
  ['Western Sahara and Morocco', ['ESH', 'MAR']],
  ['Palestine and Israel', ['PSE', 'ISR']],
  ['Golan', ['ISR', 'SYR']],
  ['Abyei', ['SDN', 'SSD'], [26.5, 9, 29.7, 11.5]],
  ['Korean demarcation line', ['PRK', 'KOR']],
];

/** Places with no outline in the source, by longitude and latitude. */
const points = {
  BES: [-68.3, 12.2], BVT: [3.36, -54.42], CCK: [96.83, -12.17], CXR: [105.63, -10.49], GIB: [-5.35, 36.14], GLP: [-61.55, 16.25],
  GUF: [-53.1, 3.9], MTQ: [-61.02, 14.65], MYT: [45.15, -12.83], REU: [55.53, -21.12], SJM: [16, 78.5], TKL: [-171.85, -9.2],
  TUV: [179.2, -8.52], UMI: [166.62, 19.28],
};

export const boundaryNote = {
  en: 'Lines and shading show areas only; they are not a statement on the status of any territory or boundary. Hatched areas and broken lines are disputed.',
  fr: 'Les tracés et les teintes ne servent qu’à situer les zones ; ils ne préjugent pas du statut d’un territoire ni d’une frontière. Les zones hachurées et les lignes brisées sont contestées.',
  es: 'Las líneas y los tonos solo sitúan las zonas; no se pronuncian sobre la condición de ningún territorio o frontera. Las zonas rayadas y las líneas discontinuas están en disputa.',
  pt: 'As linhas e os tons apenas situam as áreas; não se pronunciam sobre o estatuto de nenhum território ou fronteira. As áreas tracejadas e as linhas interrompidas são disputadas.',
  ar: 'الخطوط والتظليل لبيان المواقع فقط، ولا تعبّر عن موقف من وضع أي إقليم أو حدود. المناطق المخططة والخطوط المتقطعة متنازع عليها.',
};

const inside = ([w, s, e, n]) => ring => ring.every(([x, y]) => x >= w && x <= e && y >= s && y <= n);

/** The map as features with codes of ours: an ISO code, or OWNER:Name for an area hatched with its owner. */
function codedFeatures(resolution, iso3ByNumeric) {
  const world = atlas(resolution);
  const found = new Map();
  const put = (code, polygons) => polygons.length && found.set(code, [...(found.get(code) ?? []), ...polygons]);
  for (const one of feature(world, world.objects.countries).features) {
    const geometry = one.geometry;
    if (!geometry) continue;
    let polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    for (const [from, code, box] of [...overseas, crimea]) {
      if (from !== one.id) continue;
      put(code, polygons.filter(polygon => inside(box)(polygon[0])));
      polygons = polygons.filter(polygon => !inside(box)(polygon[0]));
    }
    const code = one.id ? iso3ByNumeric.get(one.id) : nameless[one.properties.name];
    if (code) put(code, polygons);
  }
  restoreWesternSahara(found);
  return [...found].map(([code, polygons]) => ({
    type: 'Feature', properties: { code }, geometry: { type: 'MultiPolygon', coordinates: polygons },
  }));
}

/** Pairs of places that share a line on the detailed map, areas counted with their owner. */
export function sharedBorders(iso3ByNumeric) {
  const built = topology({ world: { type: 'FeatureCollection', features: codedFeatures('10m', iso3ByNumeric) } });
  const shapes = built.objects.world.geometries;
  const owner = shape => shape.properties.code.split(':')[0];
  const pairs = new Set();
  neighbors(shapes).forEach((others, index) => {
    for (const other of others) {
      const pair = [owner(shapes[index]), owner(shapes[other])].sort();
      if (pair[0] !== pair[1] && pair[0] !== '?') pairs.add(pair.join());
    }
  });
  return [...pairs].map(pair => pair.split(','));
}

const ringArea = ring => Math.abs(ring.reduce((sum, [x, y], i) => {
  const [nextX, nextY] = ring[(i + 1) % ring.length];
  return sum + x * nextY - nextX * y;
}, 0)) / 2;

/** Whole units, relative moves, no repeated points: about half the size of absolute coordinates. */
function pathOf(lines, closed) {
  let text = '';
  for (const line of lines) {
    const rounded = line.map(([x, y]) => [Math.round(x), Math.round(y)]);
    if (closed) rounded.pop();
    const kept = rounded.filter((point, i) => i === 0 || point[0] !== rounded[i - 1][0] || point[1] !== rounded[i - 1][1]);
    if (kept.length < (closed ? 3 : 2)) continue;
    let [x, y] = kept[0];
    text += `M${x} ${y}l`;
    text += kept.slice(1).map(([nextX, nextY]) => {
      const step = `${nextX - x} ${nextY - y}`;
      [x, y] = [nextX, nextY];
      return step;
    }).join(' ').replaceAll(' -', '-');
    if (closed) text += 'z';
  }
  return text;
}

export function buildMap(places, iso3ByNumeric) {
  // Turned 11 degrees so that the edge of the map runs through the Bering Strait and cuts no inhabited land.
  const projection = geoEqualEarth().rotate([-11, 0]).precision(0).fitWidth(width, { type: 'Sphere' });
  const sphereHeight = geoPath(projection).bounds({ type: 'Sphere' })[1][1];
  const projected = geoProject({ type: 'FeatureCollection', features: codedFeatures('50m', iso3ByNumeric) }, projection);
  const simple = simplify(presimplify(topology({ world: projected })), detail);
  const shapes = simple.objects.world.geometries;

  const countries = {};
  const hatched = [];
  for (const shape of shapes) {
    // Merging removes lines within a shape, such as the berm between the two parts of Western Sahara.
    const polygons = merge(simple, [shape]).coordinates
      .map(rings => ({ rings, area: ringArea(rings[0]) }))
      .sort((a, b) => b.area - a.area);
    const kept = polygons.filter(({ area }, i) => i === 0 || area >= islandArea);
    const path = pathOf(kept.flatMap(({ rings }) => rings.filter((ring, i) => i === 0 || ringArea(ring) >= islandArea / 3)), true);
    const { code } = shape.properties;
    if (code.includes(':')) {
      const [owner, name] = code.split(':');
      if (path) hatched.push({ name, drawnWith: owner === '?' ? null : owner, path });
      continue;
    }
    const [x, y] = geoPath().centroid({ type: 'Polygon', coordinates: polygons[0].rings });
    const total = polygons.reduce((sum, { area }) => sum + area, 0);
    countries[code] = { x: Math.round(x), y: Math.round(y), ...(path && { path }), ...((total < smallArea || !path) && { point: true }) };
  }
  for (const [code, name] of Object.entries(wholeCountries)) hatched.push({ name, drawnWith: code, path: countries[code].path });
  for (const [code, at] of Object.entries(points)) {
    if (countries[code]) continue;
    const [x, y] = projection(at);
    countries[code] = { x: Math.round(x), y: Math.round(y), point: true };
  }

  const lines = new Map();
  for (const [name, [one, other], box] of brokenLines) {
    const is = (shape, code) => shape.properties.code.split(':')[0] === code;
    const shared = mesh(simple, simple.objects.world, (a, b) => a !== b && ((is(a, one) && is(b, other)) || (is(a, other) && is(b, one))));
    const parts = shared.coordinates.flatMap(line => (box ? clip(line, projection, box) : [line]));
    if (parts.length) lines.set(name, (lines.get(name) ?? []).concat(parts));
  }
  const missing = places.filter(code => !countries[code]);
  if (missing.length) throw new Error(`No geometry for ${missing.join(', ')}`);

  return {
    projection: 'Equal Earth, central meridian 11° E',
    projectionSource: 'Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of Geographical Information Science 33(3), 2019; computed by d3-geo',
    geometrySource: 'Natural Earth 1:50m admin-0 countries (public domain) through the npm package world-atlas 2.0.2, simplified',
    note: boundaryNote,
    width,
    height: Math.ceil(sphereHeight),
    // What a page shows: Antarctica is drawn in the file but lies below this height.
    viewHeight: Math.ceil(projection([11, -58])[1]),
    countries: Object.fromEntries(places.map(code => [code, countries[code]])),
    disputedAreas: hatched,
    disputedLines: [...lines].map(([name, parts]) => ({ name, path: pathOf(parts, false) })),
  };
}

/** The runs of a projected line whose points lie within a box of longitude and latitude. */
function clip(line, projection, [w, s, e, n]) {
  const runs = [];
  let run = [];
  for (const point of line) {
    const [longitude, latitude] = projection.invert(point);
    if (longitude >= w && longitude <= e && latitude >= s && latitude <= n) run.push(point);
    else { if (run.length > 1) runs.push(run); run = []; }
  }
  if (run.length > 1) runs.push(run);
  return runs;
}
