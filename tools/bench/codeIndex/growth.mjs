import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOnDisk, startHost } from './indexHost.mjs';
import { percentiles } from './percentiles.mjs';
import { questionsFrom } from './questions.mjs';
import { copySources } from './sources.mjs';

/** More than a watcher reports of saves: the host looks at everything. */
const minEvents = 201;
/** Few, so that it takes some steps to a size rather than one far beyond it. */
const bytesPerChunk = 600;

/**
 * One workspace that grows from size to size, and questions at each. When the sources are used up, their copies follow,
 * with other contents (blank lines at the end).
 */
export async function measureGrowth(sources, { sizes, questions, seed }, folder) {
  const workspace = join(folder, 'workspace');
  const indexFolder = join(folder, 'index');
  for (const each of [workspace, indexFolder]) mkdirSync(each);
  const host = await startHost(workspace, indexFolder);
  const supply = endless(sources);
  const rows = [];
  try {
    await host.until(({ state }) => state === 'ready');
    for (const size of sizes) {
      const salt = await grow(host, workspace, supply, size);
      await host.settled();
      const { chunks, files } = host.status;
      const row = { chunks, files, salt, diskBytes: bytesOnDisk(indexFolder) };
      for (const kind of ['question', 'code'])
        row[kind] = await ask(host, questionsFrom(sources, kind, questions, seed));
      rows.push({ ...row, ...host.memory() });
    }
    return rows;
  } finally {
    await host.end();
  }
}

async function grow(host, workspace, supply, size) {
  let salt = 0;
  while (host.status.chunks < size) {
    const before = host.status;
    const wantedBytes = (size - before.chunks) * bytesPerChunk;
    const paths = [];
    for (let bytes = 0; bytes < wantedBytes || paths.length < minEvents; ) {
      const { file, salt: turn } = supply.next().value;
      paths.push(...copySources([file], workspace, turn));
      bytes += file.bytes;
      salt = turn;
    }
    await host.changed(paths);
    await host.until(({ chunks, state }) => chunks > before.chunks && state === 'ready');
  }
  return salt;
}

function* endless(sources) {
  for (let salt = 0; ; salt++) for (const file of sources) yield { file, salt };
}

async function ask(host, requests) {
  const times = [];
  for (const request of requests) {
    const startMs = performance.now();
    await host.search(request);
    times.push(performance.now() - startMs);
  }
  return percentiles(times);
}
