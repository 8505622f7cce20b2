import { readFile, rm, mkdir, writeFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { PlannedFile } from '../../../../src/edits/plan/editPlan.ts';
import { createEditSources, type EditSources } from '../../../../src/engine/edits/editSources.ts';
import { createSyntax } from '../../../../src/syntax/syntax.ts';
import { openFolder, type OpenedFolder } from '../../edits/target/openedFolder.ts';

const read = (path: string) => readFile(path, 'utf8').catch(() => undefined);

/** A workspace folder on the disk, as whoever plans edits sees it when nothing is open in an editor. */
export interface EditedFolder extends AsyncDisposable {
  readonly folder: OpenedFolder;
  readonly sources: EditSources;
  text(path: string): Promise<string | undefined>;
  /** Does what a client does with a plan that it may carry out. */
  carryOut(files: readonly PlannedFile[]): Promise<void>;
}

export async function editFolder(
  files: Readonly<Record<string, string>> = {},
  grammarFolder = join(import.meta.dirname, 'none'),
): Promise<EditedFolder> {
  const folder = await openFolder(files);
  const syntax = createSyntax({ grammarFolder, log: silentLogger });
  const { exclusion } = folder.workspace;
  const workspace = {
    folders: folder.workspace.folders,
    async fileToEdit(path: string) {
      const text = await read(path);
      return text === undefined ? undefined : { text };
    },
  };
  return {
    folder,
    sources: createEditSources({ workspace, exclusion, syntax }),
    text: (path) => read(join(folder.path, path)),
    async carryOut(planned) {
      for (const file of planned) {
        const { path } = file.target;
        if (file.kind === 'delete') {
          await rm(path);
          continue;
        }
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, file.after);
        if (file.kind === 'rename') await rename(path, file.to.path);
      }
    },
    async [Symbol.asyncDispose]() {
      syntax[Symbol.dispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
