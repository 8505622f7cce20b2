// Makes models/general-code.jsonl and models/general-code.md: places in code of others, for training and proving personal
// adapters. The same at every run. Needs npm, pip, go, cargo, Maven and apt; packages are kept in out/generalCode/.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './generalCode/fetch.mjs';
import { filesIn } from './generalCode/files.mjs';
import { lot, placeIn } from './generalCode/places.mjs';
import { quotas, sources } from './generalCode/sources.mjs';
import { root } from './install.mjs';

const learned = readFileSync(join(root, 'models/starter-sources.md'), 'utf8');
const packages = sources.map(pinned);
const candidates = packages.map((source) => ({ source, places: placesOf(source) }));
/** No text stands in two places. */
const texts = new Set();
const chosen = Object.entries(quotas).flatMap(([languageId, counts]) =>
  Object.entries(counts).flatMap(([set, count]) => choose(set, languageId, count)),
);
writeFileSync(join(root, 'models/general-code.jsonl'), chosen.map((place) => `${JSON.stringify(place)}\n`).join(''));
writeFileSync(join(root, 'models/general-code.md'), card());

function pinned(source) {
  if (source.version !== undefined) return source;
  const list = JSON.parse(readFileSync(join(root, 'starter/packages', `${source.ecosystem}.json`), 'utf8'));
  const { version, licence } = list.find(({ name }) => name === source.name);
  const isLearned = learned.includes(`| ${source.ecosystem}:${source.name}@${version} |`);
  if (isLearned !== (source.set === 'replay')) throw new Error(`${source.name} is in the wrong set`);
  return { ...source, version, licence };
}

function placesOf(source) {
  const name = `${source.ecosystem}:${source.name}@${source.version}`;
  const files = filesIn(packageFolder(source, join(root, 'out/generalCode')), source.languages);
  const places = [];
  for (const { path, languageId, text } of files.toSorted(
    (a, b) => lot(`${name} ${a.path}`) - lot(`${name} ${b.path}`),
  )) {
    const have = places.filter((each) => each.languageId === languageId).length;
    const place = have < quotas[languageId][source.set] ? placeIn({ key: `${name} ${path}`, text }) : undefined;
    if (place !== undefined) places.push({ set: source.set, languageId, path, ...place, source: name });
  }
  return places;
}

/** Takes one place of each package after the other, so that none speaks for all. */
function choose(set, languageId, count) {
  const lists = candidates
    .map(({ places }) => places.filter((place) => place.set === set && place.languageId === languageId))
    .filter((places) => places.length > 0);
  const turns = Math.max(0, ...lists.map((places) => places.length));
  const found = Array.from({ length: turns }, (_, turn) =>
    lists.flatMap((places) => places.slice(turn, turn + 1)),
  ).flat();
  const once = found.filter(({ text }) => !texts.has(text) && texts.add(text));
  if (once.length < count) throw new Error(`${languageId} has ${once.length} places for ${set}, not ${count}`);
  return once.slice(0, count);
}

function card() {
  const rows = packages.flatMap(({ set, ecosystem, name, version, licence }) => {
    const key = `${ecosystem}:${name}@${version}`;
    const places = countOf({ source: key });
    return places === 0 ? [] : [`| ${key} | ${licence} | ${set} | ${places} |`];
  });
  return `# General code

\`general-code.jsonl\` holds places in code of others: what stands before, what was written, what stands after.

- \`replay\`, ${countOf({ set: 'replay' })} places: trained on along with what a user wrote, so that a model does not forget the rest. From
  packages that the starter learned from, as far as these have the language.
- \`check\`, ${countOf({ set: 'check' })} places: never trained on. A personal adapter that makes the model worse here is not used. From
  packages that the starter did not learn from.

Made by \`tools/generalCode.mjs\` of Hearth's repository, without licence headers, addresses and anything like a secret. The
packages are published under the licences named; their authors have nothing to do with Hearth. \`deb:\` is a binary package
of Debian 12.

| package | licence | used for | places |
|---|---|---|---|
${rows.join('\n')}
`;
}

/** How many places were chosen that have these properties. */
function countOf(wanted) {
  return chosen.filter((place) => Object.entries(wanted).every(([key, value]) => place[key] === value)).length;
}
