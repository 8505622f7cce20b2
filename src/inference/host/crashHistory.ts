import { appendFile, readFile, rm } from 'node:fs/promises';
import { smallestLevel } from './plan.ts';

const givesUpAfter = 5;
const givesUpWithinMs = 3 * 60_000;
/** This long without a crash, and the host may grow by a level again. */
const quietMs = 10 * 60_000;

/** When hosts of one model died, `Date.now()` clock, oldest first. */
export type Crashes = readonly number[];

export interface Standing {
  /** Plan level the next host starts with. */
  readonly level: number;
  /** When the level falls by one if nothing crashes; absent at level 0. */
  readonly improvesAtMs?: number;
  /** Crashes within the last minutes, once they are too many to go on. */
  readonly gaveUpAfter?: number;
}

/** What the crashes so far mean now: one level smaller for each, one level back for every ten quiet minutes. */
export function standing(crashes: Crashes, nowMs: number): Standing {
  let level = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const crashMs of crashes) {
    level = Math.min(smallestLevel, recovered(level, lastMs, crashMs) + 1);
    lastMs = crashMs;
  }
  level = recovered(level, lastMs, nowMs);
  const recent = crashes.filter((crashMs) => nowMs - crashMs < givesUpWithinMs).length;
  return {
    level,
    ...(level > 0 ? { improvesAtMs: lastMs + (Math.floor((nowMs - lastMs) / quietMs) + 1) * quietMs } : {}),
    ...(recent >= givesUpAfter ? { gaveUpAfter: recent } : {}),
  };
}

function recovered(level: number, sinceMs: number, nowMs: number): number {
  return Math.max(0, level - Math.max(0, Math.floor((nowMs - sinceMs) / quietMs)));
}

/**
 * The crashes of one model, in a file that all windows of the user share, so that they agree on the plan and a host
 * which died under several windows counts once. A line is `<pid> <time in ms>`.
 */
export class CrashHistory {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<Crashes> {
    const lines = (await readFile(this.#path, 'utf8').catch(() => '')).split('\n');
    const byPid = new Map<string, number>();
    for (const line of lines) {
      const [, pid, ms] = /^(\d+) (\d+)$/.exec(line) ?? [];
      if (pid !== undefined && !byPid.has(pid)) byPid.set(pid, Number(ms));
    }
    return [...byPid.values()].toSorted((a, b) => a - b);
  }

  async add(pid: number, nowMs: number): Promise<void> {
    await appendFile(this.#path, `${pid} ${nowMs}\n`, { mode: 0o600 });
  }

  async clear(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}
