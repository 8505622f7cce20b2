import { realpath } from 'node:fs/promises';
import * as nodePath from 'node:path';
import { pathInside } from '../../privacy/exclusion.ts';
import { aliasesOf } from './aliases.ts';
import { folded, type ReadPath, readPath } from './pathRules.ts';
import { hardLinked, protectionOf } from './protectedFiles.ts';
import { isTarget, type Target, type TargetProblem, type TargetRefusal, type TargetWorkspace } from './target.ts';
import { walk } from './walk.ts';

/** A workspace folder and the names from there. */
interface Candidate {
  readonly folder: string;
  readonly names: readonly string[];
  /** The path begins with the folder's own name. */
  readonly isNamed: boolean;
}

/**
 * The one way from a path that a model wrote to a file that may be written: inside of a workspace folder, by no link that
 * leads out, and nothing that the user excluded. Looks at the disk without opening anything; never rejects. What it
 * allows holds for this moment: ask `checkAgain` right before writing.
 */
export async function resolveTarget(asked: string, workspace: TargetWorkspace): Promise<Target | TargetRefusal> {
  const { folders, flavour = nodePath } = workspace;
  const refuse = (problem: TargetProblem): TargetRefusal => ({ code: 'target', asked, problem });
  if (folders.length === 0) return refuse({ code: 'noFolder' });
  const path = readPath(asked, flavour);
  if ('what' in path) return refuse({ code: 'path', what: path.what });
  const candidates = candidatesFor(path, await withRealPaths(folders), flavour);
  if (candidates.length === 0) return refuse({ code: 'outside' });
  const resolved = await Promise.all(candidates.map((candidate) => resolveIn(candidate, asked, workspace)));
  return chosen(candidates, resolved) ?? refuse({ code: 'whichFolder' });
}

/** Undefined when the target is still what it was; to be asked right before each write. */
export async function checkAgain(target: Target, workspace: TargetWorkspace): Promise<TargetRefusal | undefined> {
  const now = await resolveTarget(target.asked, workspace);
  if (!isTarget(now)) return now;
  const isSame = now.path === target.path && now.exists === target.exists && now.confirm?.kind === target.confirm?.kind;
  return isSame ? undefined : { code: 'target', asked: target.asked, problem: { code: 'changed' } };
}

/** A workspace folder under the name that the editor has for it, and that of the disk. */
interface Root {
  readonly folder: string;
  readonly real: string;
}

function withRealPaths(folders: readonly string[]): Promise<readonly Root[]> {
  return Promise.all(folders.map(async (folder) => ({ folder, real: await realpath(folder).catch(() => folder) })));
}

/** Folders that a path can begin at; of those that an absolute one lies in, the innermost. */
function candidatesFor(
  { names, absolute }: ReadPath,
  roots: readonly Root[],
  flavour: nodePath.PlatformPath,
): readonly Candidate[] {
  if (absolute !== undefined) {
    return roots
      .flatMap(({ folder, real }) => {
        const inside = pathInside(folder, absolute, flavour) ?? pathInside(real, absolute, flavour);
        return inside === undefined ? [] : [{ folder, names: inside.split('/'), isNamed: true }];
      })
      .toSorted((a, b) => a.names.length - b.names.length)
      .slice(0, 1);
  }
  const [first = '', ...rest] = names;
  return roots.flatMap(({ folder }) => {
    const isNamed = rest.length > 0 && folded(flavour.basename(folder)) === folded(first);
    const plain = { folder, names, isNamed: false };
    return isNamed ? [{ folder, names: rest, isNamed: true }, plain] : [plain];
  });
}

/** The file that is there; else what becomes of the one folder there is, or of the one that the path names. */
function chosen(
  candidates: readonly Candidate[],
  resolved: readonly (Target | TargetRefusal)[],
): Target | TargetRefusal | undefined {
  const existing = resolved.filter((each) => isTarget(each) && each.exists);
  if (existing.length > 0) return existing.length === 1 ? existing[0] : undefined;
  const [plain, ...others] = resolved.filter((_, i) => candidates[i]?.isNamed === false);
  if (plain !== undefined && others.length === 0) return plain;
  return resolved.find((_, i) => candidates[i]?.isNamed === true);
}

async function resolveIn(
  { folder, names }: Candidate,
  asked: string,
  { exclusion }: TargetWorkspace,
): Promise<Target | TargetRefusal> {
  const refuse = (problem: TargetProblem): TargetRefusal => ({ code: 'target', asked, problem });
  const walked = await walk(folder, names);
  if ('code' in walked) return refuse(walked);
  const { real, inside, exists, isHardLinked } = walked;
  const path = nodePath.join(folder, ...inside.split('/'));
  // Judged by the name and by what that leads to.
  if (await exclusion.isExcluded(nodePath.join(folder, ...names))) return refuse({ code: 'excluded' });
  // Somebody may have opened `.vscode` itself.
  const ways = [inside, names.join('/'), ...(await aliasesOf(folder, real))].flatMap((way) => [
    way,
    `${nodePath.basename(folder)}/${way}`,
  ]);
  const confirm = ways.map(protectionOf).find((each) => each !== undefined) ?? (isHardLinked ? hardLinked : undefined);
  return { asked, path, inside, exists, ...(confirm && { confirm }) };
}
