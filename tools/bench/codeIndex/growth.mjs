import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOnDisk, startHost } from './indexHost.mjs';
import { percentiles } from './percentiles.mjs';
import { questionsFrom } from './questions.mjs';
import { copySources } from './sources.mjs';

/** More than a watcher reports of saves: the host looks at everything. */
const minEvents = 201;

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
    // From what there is, how much more is needed; at first a guess.
    const perFile = before.files > 50 ? before.chunks / before.files : 8;
    const count = Math.max(minEvents, Math.ceil(((size - before.chunks) / perFile) * 0.8));
    const batch = Array.from({ length: count }, () => supply.next().value);
    const paths = batch.flatMap(({ file, salt: turn }) => copySources([file], workspace, turn));
    salt = Math.max(...batch.map((each) => each.salt));
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
