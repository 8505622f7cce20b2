import { readFile, rm } from 'node:fs/promises';
import { writeAtomically } from '../../base/atomicFile.ts';

/** What has to be known of the last training to decide about the next: `personal/last.json`. */
export interface LastTraining {
  /** When it ended, whatever came of it; 0 before the first. */
  readonly endedMs: number;
  /** Time of the newest example that it looked at. */
  readonly newestMs: number;
  /** SHA-256 of the model it was for: for another one there has been none. */
  readonly base: string;
}

export const noTraining: LastTraining = { endedMs: 0, newestMs: 0, base: '' };

export async function readLastTraining(path: string): Promise<LastTraining> {
  try {
    const { endedMs, newestMs, base }: Partial<Record<keyof LastTraining, unknown>> = JSON.parse(
      await readFile(path, 'utf8'),
    );
    return {
      endedMs: Number(endedMs ?? 0),
      newestMs: Number(newestMs ?? 0),
      base: typeof base === 'string' ? base : '',
    };
  } catch {
    return noTraining;
  }
}

export async function writeLastTraining(path: string, last: LastTraining): Promise<void> {
  await writeAtomically(path, (file) => file.writeFile(JSON.stringify(last)));
}

export async function forgetLastTraining(path: string): Promise<void> {
  await rm(path, { force: true });
}
