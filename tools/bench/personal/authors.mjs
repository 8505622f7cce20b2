import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../install.mjs';

/**
 * Packages whose authors write in styles of their own, each at two versions: the earlier release is what a developer has
 * written so far, the later one what came next. Archives are held against their SHA-256. `only`: where paths begin.
 */
const authors = [
  {
    name: 'mongoose',
    from: 'npm',
    family: 'script',
    only: 'lib/',
    earlier: { version: '8.9.5', sha256: 'd9df1b46043dc01a8714ab16c9c71fe46dc6e269474b78394884cf1780371fc8' },
    later: { version: '9.12.1', sha256: 'de332a61c69faea1f9775291a984a9391a985e0b452d51c55b6458796de7d04b' },
  },
  {
    name: 'matrix-js-sdk',
    from: 'npm',
    family: 'script',
    only: 'src/',
    earlier: { version: '34.0.0', sha256: '9c762a1b50b6ab69313dd187a13011f10764600e3d68c8ae50b99f14829eb402' },
    later: { version: '37.5.0', sha256: '014037b1d756637b7993fa8a57dfb4cf8ef65eff85300da61e5c22de3673985f' },
  },
  {
    name: 'execa',
    from: 'npm',
    family: 'script',
    only: 'lib/',
    earlier: { version: '9.0.2', sha256: '1a845e70457c08a05162c513cd1ef854caa91593c0248da7936d1003005d2a33' },
    later: { version: '10.2.1', sha256: 'cc15a55389ab167c418e6f1249addfb55b20693f6c318161a752e04d474c02aa' },
  },
  {
    name: 'plotnine',
    from: 'pypi',
    family: 'python',
    only: 'plotnine/',
    earlier: { version: '0.12.4', sha256: '12748f346f107c33f3e0658ac46fbb052205ae7e97ffaf52be68310e5d29f799' },
    later: { version: '0.15.9', sha256: '36f4526235b3ddd9ea379dd677093ea2ee1b58ab98adec1bde891930283448cd' },
  },
  {
    name: 'falcon',
    from: 'pypi',
    family: 'python',
    only: 'falcon/',
    earlier: {
      version: '3.1.1',
      sha256: '762854cc9f13082166c166c93fd6f2178ba1787170bacee9a4b37fab412f602e',
      // Only wheels with compiled copies beside the sources.
      wheelFor: { python: '3.11', platforms: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'] },
    },
    later: { version: '4.4.0', sha256: '2109d8dbaf6297b51de2e059558bc092d9b8b040cab8f390d3b7bec88312e20c' },
  },
  {
    name: 'structlog',
    from: 'pypi',
    family: 'python',
    only: 'structlog/',
    earlier: { version: '22.1.0', sha256: '760d37b8839bd4fe1747bed7b80f7f4de160078405f4b6a1db9270ccbfce6c30' },
    later: { version: '26.1.0', sha256: 'e081a26d6c373e6d201eca24eede26d8ffab07f88f477822e679183428d3d91e' },
  },
];

/** What the starter learned from, and what adapters are held against or trained along with. */
const knownSources = ['models/starter-sources.md', 'models/general-code.md'];

/** @throws for a name that is none of an author's, and when the model or the general code has a package of an author */
export function authorsNamed(names = authors.map(({ name }) => name)) {
  const known = knownSources.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  for (const { from, name } of authors)
    if (known.includes(`| ${from}:${name}@`)) throw new Error(`${name} is among ${knownSources.join(' or ')}`);
  return names.map((wanted) => {
    const author = authors.find(({ name }) => name === wanted);
    if (author === undefined)
      throw new Error(`${wanted} is no author; there are ${authors.map((each) => each.name).join(', ')}`);
    return author;
  });
}

/** Whose adapter is the control: the next author in the same languages, of those that take part. */
export function wrongAuthorFor(author, all) {
  const peers = all.filter(({ family }) => family === author.family);
  const next = peers[(peers.indexOf(author) + 1) % peers.length];
  return next === author ? undefined : next;
}
