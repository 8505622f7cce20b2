// The licences of what is bundled into dist/: they ask to go with every copy. Packages that are shipped as they are
// bring their own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarPackages } from './grammarPackages.mjs';

/** Their grammars and runtime are copied as WebAssembly, so no source map names them. */
const grammars = ['web-tree-sitter', '@vscode/tree-sitter-wasm', ...grammarPackages];

/** LanceDB's own account of the Rust libraries in its binaries, as a file of the package. */
export const lanceNotices = 'ThirdPartyNotices.LanceDB.html';

/** The text of ThirdPartyNotices.txt, from the source maps of a finished build. Throws when a licence is not found. */
export function thirdPartyNotices(root) {
  const dist = join(root, 'dist');
  const maps = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.js.map') || file.endsWith('.cjs.map'),
  );
  const sources = maps.flatMap((map) => JSON.parse(readFileSync(join(dist, map), 'utf8')).sources);
  const folders = new Set(grammars.map((name) => `node_modules/${name}`));
  for (const source of sources) {
    const [folder] = source.match(/node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/) ?? [];
    // A package that another one has bundled before us is not on disk.
    if (folder && existsSync(join(root, folder, 'package.json'))) folders.add(folder);
  }
  const notices = [...folders].toSorted().map((folder) => notice(join(root, folder)));
  return [...notices, `The libraries inside the binaries of LanceDB have theirs in ${lanceNotices}.\n`].join(
    `\n${'-'.repeat(80)}\n\n`,
  );
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (texts.length === 0 && !license) throw new Error(`${folder} has no licence`);
  const text = texts.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  return `${name} ${version} (${license})\n\n${text}\n`;
}
