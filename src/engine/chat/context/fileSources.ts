import type { GatheredItem } from '../../../chat/context/fitItems.ts';
import { isAbort } from '../../../base/aborts.ts';
import { ProblemError } from '../../../protocol/problems.ts';
import type { Sources } from './gather.ts';
import type { ShownFile, WorkspaceFiles } from './workspaceFiles.ts';

/** More would crowd out everything else; the list of names has all. */
const maxFilesOfFolder = 20;
const maxNames = 500;

/** `@file` and `@folder`. */
export function createFileSources(files: WorkspaceFiles): Pick<Sources, 'file' | 'folder'> {
  return {
    file: async (path, { folder }) => [itemOf(await files.read(folder, path))],
    async folder(path, { folder }, signal) {
      const names = await files.list(folder, path);
      const listed: GatheredItem = { kind: 'folder', label: `${path}/`, text: names.slice(0, maxNames).join('\n') };
      const contents: GatheredItem[] = [];
      for (const name of names) {
        signal.throwIfAborted();
        if (contents.length === maxFilesOfFolder) break;
        const file = await files.read(folder, `${path}/${name}`).catch(nothingUnlessAborted);
        if (file !== undefined) contents.push(itemOf(file));
      }
      return [listed, ...contents];
    },
  };
}

function itemOf({ path, uri, text }: ShownFile): GatheredItem {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return { kind: 'file', label: path, path, uri, startLine: 1, endLine: lines, text };
}

/** A binary or an excluded file among others is passed over in silence. */
function nothingUnlessAborted(cause: unknown): undefined {
  if (isAbort(cause) || !(cause instanceof ProblemError)) throw cause;
  return undefined;
}
