import { relative } from 'node:path';
import { languageOf } from '../../codeIndex/discover/languages.ts';
import type { CurrentFile } from '../../edits/plan/editPlan.ts';
import type { PlanSources } from '../../edits/plan/planEdits.ts';
import { resolveTarget } from '../../edits/target/resolveTarget.ts';
import { isTarget, type Target, type TargetRefusal, type TargetWorkspace } from '../../edits/target/target.ts';
import { type Exclusion, pathInside } from '../../privacy/exclusion.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import type { Workspace } from '../workspace.ts';

/** What whoever plans edits knows of the user's files. */
export interface EditSources {
  /** As `resolveTarget`, with the folders of the moment. */
  resolve(path: string, folder?: string): Promise<Target | TargetRefusal>;
  read(target: Pick<Target, 'path'>): Promise<CurrentFile | undefined>;
  /** Where edits may go at the moment. */
  targets(): TargetWorkspace;
  readonly syntax: Syntax;
}

export interface EditSourcesOptions {
  readonly workspace: Pick<Workspace, 'folders' | 'fileToEdit'>;
  readonly exclusion: Pick<Exclusion, 'isExcluded'>;
  readonly syntax: Syntax;
}

export function createEditSources({ workspace, exclusion, syntax }: EditSourcesOptions): EditSources {
  const targets = (): TargetWorkspace => ({ folders: workspace.folders, exclusion });
  return {
    syntax,
    targets,
    read: ({ path }) => workspace.fileToEdit(path),
    async resolve(path, folder) {
      const everywhere = await resolveTarget(path, targets());
      if (folder === undefined || !workspace.folders.includes(folder)) return everywhere;
      const here = await resolveTarget(path, { folders: [folder], exclusion });
      if (isTarget(here) && here.exists) return here;
      const isUnclear = !isTarget(everywhere) && everywhere.problem.code === 'whichFolder';
      return isUnclear ? here : everywhere;
    },
  };
}

/** The same for one plan, whose relative paths are tried in a folder first. */
export function planSources(sources: EditSources, folder?: string): PlanSources {
  return {
    resolve: (path) => sources.resolve(path, folder),
    read: (target) => sources.read(target),
    toolsFor: ({ path }) => ({ syntax: sources.syntax, languageId: languageOf(path.replaceAll('\\', '/')) }),
  };
}

/** A file's path as prompts and answers name it. */
export function pathFor(file: string, folders: readonly string[]): string | undefined {
  const folder = folderOf(file, folders);
  return folder && relative(folder, file).replaceAll('\\', '/');
}

/** The workspace folder that a file lies in: the innermost. */
export function folderOf(file: string, folders: readonly string[]): string | undefined {
  return folders.filter((folder) => pathInside(folder, file) !== undefined).toSorted((a, b) => b.length - a.length)[0];
}
