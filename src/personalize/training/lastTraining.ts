import { readFile, rm } from 'node:fs/promises';
import { writeAtomically } from '../../base/atomicFile.ts';

/** What has to be known of the last training to decide about the next: `personal/last.json`. */
export interface LastTraining {
  /** When it ended, whatever came of it; 0 before the first. */
  readonly endedMs: number;
  /** Time of the newest example that it looked at. */
  readonly newestMs: number;
}

const none: LastTraining = { endedMs: 0, newestMs: 0 };

export async function readLastTraining(path: string): Promise<LastTraining> {
  try {
    const { endedMs, newestMs }: Partial<Record<keyof LastTraining, unknown>> = JSON.parse(
      await readFile(path, 'utf8'),
    );
    return { endedMs: Number(endedMs ?? 0), newestMs: Number(newestMs ?? 0) };
  } catch {
    return none;
  }
}

export async function writeLastTraining(path: string, last: LastTraining): Promise<void> {
  await writeAtomically(path, (file) => file.writeFile(JSON.stringify(last)));
}

export async function forgetLastTraining(path: string): Promise<void> {
  await rm(path, { force: true });
}
