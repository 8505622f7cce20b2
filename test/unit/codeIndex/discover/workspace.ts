import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import {
  createDiscovery,
  type Discovery,
  type DiscoveryOptions,
} from '../../../../src/codeIndex/discover/discovery.ts';
import type { FoundFile } from '../../../../src/codeIndex/discover/fileRules.ts';
import { createExclusion } from '../../../../src/privacy/exclusion.ts';

/** A folder on the disk, made anew before each test of the calling suite. */
export interface Workspace {
  readonly at: (...path: readonly string[]) => string;
  /** Path to text; '' is a file with one line. */
  readonly write: (files: Readonly<Record<string, string | Uint8Array>>) => Promise<void>;
  readonly open: (options?: Partial<DiscoveryOptions>) => Discovery;
  /** Paths of all files of the index, sorted. */
  readonly found: (options?: Partial<DiscoveryOptions>) => Promise<string[]>;
  /** What was logged. */
  readonly lines: string[];
}

export function temporaryWorkspace(): Workspace {
  let folder = '';
  const lines: string[] = [];
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'hearth-discover-')));
    lines.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  function open(options: Partial<DiscoveryOptions> = {}): Discovery {
    const root = options.folder ?? folder;
    const log = { ...silentLogger, debug: (line: string) => void lines.push(line) };
    return createDiscovery({ folder: root, exclusion: createExclusion({ folders: [root], log }), log, ...options });
  }

  return {
    lines,
    at: (...path) => join(folder, ...path),
    async write(files) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text === '' ? 'text\n' : text);
      }
    },
    open,
    async found(options) {
      const files = await walked(open(options));
      return files.map(({ path }) => path).toSorted();
    },
  };
}

export async function walked(discovery: Discovery): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  for await (const file of discovery.walk(new AbortController().signal)) files.push(file);
  return files;
}
