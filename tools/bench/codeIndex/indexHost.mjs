import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root } from '../../install.mjs';
import { cpuSeconds } from '../processes.mjs';
import { loadProduct } from './product.mjs';

const settledShare = 0.05;

/** The product's index host over one workspace folder, talked to as the engine does. */
export async function startHost(workspace, indexFolder) {
  const { startIndexProcess, IndexMessage } = await loadProduct();
  const host = startIndexProcess({
    entry: join(root, 'dist/indexHost.js'),
    paths: {
      indexFolder,
      grammarFolder: join(root, 'dist/grammars'),
      embedderPath: join(root, 'models/starter-embedder.safetensors'),
      workerPath: join(root, 'dist/fileWorker.js'),
    },
    reachesStorage: false,
  });
  const { connection, pid } = host;
  let status = { state: 'starting', files: 0, chunks: 0 };
  const problems = [];
  connection.onNotification(IndexMessage.status, (next) => (status = next));
  connection.onNotification(IndexMessage.problem, (problem) => problems.push(problem));
  connection.onNotification(IndexMessage.log, ({ level, message }) => {
    if (level !== 'debug') console.error(`  ${level}: ${message}`);
  });
  await connection.sendNotification(IndexMessage.wishes, {
    folders: [workspace],
    paused: false,
    reranks: false,
    embedder: { kind: 'static' },
    teamIndex: '',
  });
  const ended = host.ended.then((end) => {
    throw new Error(`The index host ended with ${end.signal ?? end.code}: ${end.lastWords}`);
  });
  ended.catch(() => {});
  return {
    pid,
    get status() {
      return status;
    },
    changed: (paths) => connection.sendNotification(IndexMessage.changed, paths),
    search: (request) => connection.sendRequest(IndexMessage.search, request),
    /** Waits until the status fits. */
    async until(fits) {
      while (!fits(status)) {
        if (problems.length > 0) throw new Error(`The index host has a problem: ${JSON.stringify(problems[0])}`);
        await Promise.race([setTimeout(5), ended]);
      }
    },
    /** Waits until housekeeping is over, too: until the process has hardly anything to do. */
    async settled() {
      for (let quiet = 0; quiet < 3; ) {
        const before = cpuSeconds(pid);
        await setTimeout(500);
        quiet = (cpuSeconds(pid) - before) / 0.5 < settledShare ? quiet + 1 : 0;
      }
    },
    memory: () => memoryOf(pid),
    end: () => host[Symbol.asyncDispose](),
  };
}

/** What the disk holds, in bytes as they are allocated. */
export function bytesOnDisk(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => {
      const { blocks } = statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false }) ?? { blocks: 0 };
      return sum + blocks * 512;
    }, 0);
}

/** Of the whole process with its threads: resident now, and the most it ever was. */
function memoryOf(pid) {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name) => Number(text.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))?.[1] ?? 0) * 1024;
  return { residentBytes: bytes('VmRSS'), peakBytes: bytes('VmHWM') };
}
