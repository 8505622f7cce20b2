import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuSeconds } from '../processes.mjs';
import { bytesOnDisk, startHost } from './indexHost.mjs';
import { indexedFiles } from './indexedFiles.mjs';
import { timeSaves } from './saves.mjs';
import { copySources } from './sources.mjs';

/** A first pass over everything, then saves when nothing else is to do, then saves during a pass over everything. */
export async function measureCold(sources, { saves, seed }, folder) {
  const workspace = join(folder, 'workspace');
  const indexFolder = join(folder, 'index');
  const paths = copySources(sources, workspace);
  // Read once before, so that the disk's own cache is the same for every run.
  for (const path of paths) readFileSync(path);
  mkdirSync(indexFolder);

  const startMs = performance.now();
  const first = await pass(await startHost(workspace, indexFolder), { startMs, indexFolder }, async (host) => {
    const { indexedPaths, ...indexed } = await indexedFiles(workspace, indexFolder);
    const idle = await timeSaves(host, indexedPaths, saves, seed);
    await host.settled();
    return { ...indexed, indexedPaths, idle, afterSavesBytes: bytesOnDisk(indexFolder) };
  });

  const busyFolder = join(folder, 'busy');
  mkdirSync(busyFolder);
  const busy = await startHost(workspace, busyFolder);
  try {
    await busy.until(({ files }) => files > 0);
    const isBusy = () => busy.status.state === 'indexing';
    return { ...first, busySaves: await timeSaves(busy, first.indexedPaths, saves, seed + 1, isBusy) };
  } finally {
    await busy.end();
  }
}

async function pass(host, { startMs, indexFolder }, then) {
  try {
    await host.until(({ state, chunks }) => state === 'ready' && chunks > 0);
    const seconds = (performance.now() - startMs) / 1000;
    await host.settled();
    const { peakBytes, residentBytes } = host.memory();
    const { files, chunks } = host.status;
    const diskBytes = bytesOnDisk(indexFolder);
    const used = { cpuSeconds: cpuSeconds(host.pid), peakBytes, residentBytes, diskBytes };
    return { seconds, files, chunks, ...used, ...(await then(host)) };
  } finally {
    await host.end();
  }
}
