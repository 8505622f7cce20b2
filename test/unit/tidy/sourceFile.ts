import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the project; the scanners take these, so that a test can hand them a made-up one. */
export interface SourceFile {
  /** Relative to the repository, `/`-separated. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** The module as it is written. */
  readonly from: string;
  readonly kind: 'type' | 'static' | 'dynamic';
}

/** Everything that is or could be committed: new files count before they are added. Binary files come without text. */
export function projectFiles(root: string): SourceFile[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  return [...new Set(list.toString().split('\0'))].flatMap((path) => {
    if (path === '') return [];
    const text = textOf(join(root, path));
    return text === undefined ? [] : [{ path, text }];
  });
}

/** The imports and re-exports of a TypeScript or JavaScript module, as the project's formatter lays them out. */
export function importsOf({ text }: SourceFile): Import[] {
  const statements = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[\w*{][^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
  const calls = text.matchAll(/^(?!\s*(?:\/\/|\*)).*?(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/gm);
  return [
    ...Array.from(statements, ([, type, from = '']): Import => ({ from, kind: type ? 'type' : 'static' })),
    ...Array.from(calls, ([, type, from = '']): Import => ({ from, kind: type ? 'type' : 'dynamic' })),
  ];
}

export function isCode(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

function textOf(path: string): string | undefined {
  try {
    const bytes = readFileSync(path);
    return bytes.includes(0) ? '' : bytes.toString();
  } catch {
    return undefined; // deleted, not yet committed
  }
}
