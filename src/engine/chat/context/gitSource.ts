import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAbort } from '../../../base/aborts.ts';
import { childEnvironment } from '../../../base/childEnvironment.ts';
import { errorText } from '../../../base/logger.ts';
import { unixLines } from '../../../base/unixLines.ts';
import type { Exclusion } from '../../../privacy/exclusion.ts';
import { maskSecrets } from '../../../privacy/secretText.ts';
import type { GitWhat } from '../../../protocol/chatMessages.ts';
import { ProblemError } from '../../../protocol/problems.ts';
import type { Sources } from './gather.ts';

const run = promisify(execFile);
const maxBytes = 4_000_000;
const timeoutMs = 15_000;

/** What a repository could name as a program to run, switched off; colours and paging as well. */
const safely = [
  '--no-optional-locks',
  '--no-pager',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'diff.external=',
  '-c',
  'color.ui=false',
  '-c',
  'core.quotePath=false',
];
const asText = ['--no-ext-diff', '--no-textconv', '--no-color'];

const orders: Readonly<Record<GitWhat, { readonly label: string; readonly args: readonly string[] }>> = {
  diff: { label: 'git diff', args: ['diff', ...asText] },
  staged: { label: 'git diff --staged', args: ['diff', '--staged', ...asText] },
  commit: { label: 'git show', args: ['show', '--format=%h %s%n%n%b', ...asText, 'HEAD'] },
};

/**
 * `@git`: changes, without those of files that the user excluded, and without secrets. Git is only run in a workspace that
 * is trusted: a repository's configuration can name filters for it to run.
 */
export function createGitSource(exclusion: Pick<Exclusion, 'isExcluded'>): Pick<Sources, 'git'> {
  return {
    async git(what, { folder, editor }, signal) {
      if (folder === undefined || editor.isTrusted !== true) throw new ProblemError({ code: 'context.untrusted' });
      const { label, args } = orders[what];
      const text = await output(folder, args, signal);
      const parts = text.split(/^(?=diff --(?:git|cc|combined) )/m);
      const kept = await Promise.all(
        parts.map(async (part) => ((await mayBeShown(part, folder, exclusion)) ? part : '')),
      );
      const shown = maskSecrets(kept.join('')).trimEnd();
      if (shown.trim() === '') throw new ProblemError({ code: 'context.noChanges', command: label });
      return [{ kind: 'git', label, text: shown }];
    },
  };
}

async function output(folder: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  try {
    // `--relative`: paths as the workspace folder has them, and nothing of what lies beside it.
    const [command = '', ...rest] = args;
    const { stdout } = await run('git', [...safely, command, '--relative', ...rest], {
      cwd: folder,
      env: { ...childEnvironment(process.env), LC_ALL: 'C' },
      maxBuffer: maxBytes,
      timeout: timeoutMs,
      windowsHide: true,
      signal,
    });
    return unixLines(stdout);
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    throw new ProblemError({ code: 'context.git', reason: lastLine(errorText(cause)) }, { cause });
  }
}

async function mayBeShown(part: string, folder: string, exclusion: Pick<Exclusion, 'isExcluded'>): Promise<boolean> {
  const names = pathsOf(part);
  const excluded = await Promise.all(names.map((name) => exclusion.isExcluded(join(folder, name))));
  return !excluded.includes(true);
}

/** Of one file's part of a diff: its path before and after. What comes before the first part has none. */
function pathsOf(part: string): readonly string[] {
  const header = part.split(/^@@/m, 1)[0] ?? '';
  if (!header.startsWith('diff --')) return [];
  return Array.from(
    header.matchAll(/^(?:--- a\/|\+\+\+ b\/|rename (?:from|to) |diff --git a\/.* b\/|diff --(?:cc|combined) )(.*)$/gm),
    ([, name = '']) => name.replace(/\t$/, ''),
  ).filter((name) => name !== '');
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
