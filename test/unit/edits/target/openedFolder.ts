import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { resolveTarget } from '../../../../src/edits/target/resolveTarget.ts';
import { describeTargetRefusal, isTarget, type TargetWorkspace } from '../../../../src/edits/target/target.ts';
import { createExclusion } from '../../../../src/privacy/exclusion.ts';

/** A temporary folder with a workspace in it and something beside it that nobody may touch. */
export interface OpenedFolder extends AsyncDisposable {
  readonly path: string;
  readonly outside: string;
  readonly workspace: TargetWorkspace;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** `inside`, with `new` and the kind of protection behind it; or the reason of the refusal. */
  ask(path: string): Promise<string>;
}

export async function openFolder(files: Readonly<Record<string, string>> = {}): Promise<OpenedFolder> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'hearth-target-')));
  const [path, outside] = [join(base, 'project'), join(base, 'outside')];
  await mkdir(path);
  await mkdir(outside);
  const exclusion = createExclusion({ folders: [path], log: silentLogger });
  const workspace = { folders: [path], exclusion };
  const opened: OpenedFolder = {
    path,
    outside,
    workspace,
    async write(more) {
      for (const [name, text] of Object.entries(more)) {
        await mkdir(dirname(join(path, name)), { recursive: true });
        await writeFile(join(path, name), text);
      }
    },
    async ask(asked) {
      const target = await resolveTarget(asked, workspace);
      if (!isTarget(target)) return describeTargetRefusal(target).replace(/^.* cannot be written: /s, '');
      const { inside, exists, confirm } = target;
      return [inside, ...(exists ? [] : ['new']), ...(confirm ? [confirm.kind] : [])].join(' ');
    },
    [Symbol.asyncDispose]: () => rm(base, { recursive: true, force: true }),
  };
  await opened.write(files);
  return opened;
}
