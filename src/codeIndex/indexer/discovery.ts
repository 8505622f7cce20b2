import type { FileTask } from './workerMessages.ts';

/** A file that belongs into the index, as the disk has it now. */
export interface FoundFile extends FileTask {
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Which files of a workspace folder belong into the index: the ignore rules, sizes and kinds are its business. */
export interface Discovery {
  /** All of them, by the rules as they are now. */
  walk(signal: AbortSignal): AsyncIterable<FoundFile>;
  /** One path, absolute: undefined when there is nothing that belongs into the index. */
  find(absolutePath: string): Promise<FoundFile | 'folder' | undefined>;
  /** Whether a change of this file changes which files belong into the index: `.gitignore`. */
  isRuleFile(absolutePath: string): boolean;
}
