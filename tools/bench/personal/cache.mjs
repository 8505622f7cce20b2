import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../install.mjs';

export const cacheFolder = join(homedir(), '.cache/hearth/bench');
export const resultsFolder = join(cacheFolder, 'personal');

/** A key that changes with whatever a result depends on. */
export function keyOf(facts) {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
}

/** What stands in these folders of the repository now: the last commit, and what was changed since. */
export function sourcesAt(...paths) {
  const git = (...args) => execFileSync('git', ['-C', root, ...args, '--', ...paths], { encoding: 'utf8' });
  return keyOf([git('log', '-1', '--format=%H'), git('diff', 'HEAD')]);
}

/**
 * A finished result of an earlier run, or a new one that the next run finds; a killed run leaves none.
 * @template T
 * @param {() => Promise<T>} make
 * @returns {Promise<T>}
 */
export async function remembered(name, { fresh }, make) {
  const path = join(resultsFolder, `${name}.json`);
  if (!fresh && existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  const made = await make();
  remember(name, made);
  return made;
}

function remember(name, value) {
  mkdirSync(resultsFolder, { recursive: true });
  const path = join(resultsFolder, `${name}.json`);
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(value));
  renameSync(unfinished, path);
}
