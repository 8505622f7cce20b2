import type * as nodePath from 'node:path';
import type { Exclusion } from '../../privacy/exclusion.ts';
import type { Protection } from './protectedFiles.ts';

/** Where edits may go. */
export interface TargetWorkspace {
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  readonly exclusion: Pick<Exclusion, 'isExcluded'>;
  /** The path rules of the system; tests pass `path.win32`. */
  readonly flavour?: nodePath.PlatformPath;
}

/** A file in a workspace folder that may be written, or will be. */
export interface Target {
  /** As the model wrote it. */
  readonly asked: string;
  /** Absolute, below the folder as the editor names it, and with the letters that the disk has. */
  readonly path: string;
  /** `/`-separated, relative to its workspace folder. */
  readonly inside: string;
  readonly exists: boolean;
  /** Why a person has to confirm the change first. */
  readonly confirm?: Protection;
}

export interface TargetRefusal {
  readonly code: 'target';
  readonly asked: string;
  readonly problem: TargetProblem;
}

export type TargetProblem =
  /** The path by itself is none that may be written, on some system. */
  | { readonly code: 'path'; readonly what: string }
  | { readonly code: 'outside' }
  | { readonly code: 'noFolder' }
  /** It fits several workspace folders, and begins with the name of none. */
  | { readonly code: 'whichFolder' }
  /** A symbolic link or junction stands at its place, or leads out of the workspace on the way there. */
  | { readonly code: 'link'; readonly at: string }
  /** A folder, a pipe, a device stands there, or a file on the way. */
  | { readonly code: 'notFile'; readonly at: string }
  /** Another file differs only in the case of its letters: on many disks they are one. */
  | { readonly code: 'otherCase'; readonly there: string }
  /** Secrets and what the user excluded are not for models. */
  | { readonly code: 'excluded' }
  | { readonly code: 'unreadable'; readonly reason: string }
  /** Not any more what it was when it was checked. */
  | { readonly code: 'changed' };

export function isTarget(value: Target | TargetRefusal): value is Target {
  return 'path' in value;
}

export function describeTargetRefusal({ asked, problem }: TargetRefusal): string {
  const said = `${visible(asked)} cannot be written: `;
  switch (problem.code) {
    case 'path':
      return `${said}its path ${problem.what}.`;
    case 'outside':
      return `${said}it is outside of the workspace.`;
    case 'noFolder':
      return `${said}no folder is open.`;
    case 'whichFolder':
      return `${said}it could be in several workspace folders. Begin the path with the name of one.`;
    case 'link':
      return `${said}${problem.at} is a link.`;
    case 'notFile':
      return `${said}${problem.at} is in the way.`;
    case 'otherCase':
      return `${said}it differs only in its case from ${problem.there}.`;
    case 'excluded':
      return `${said}the user excluded it, or it holds secrets.`;
    case 'unreadable':
      return `${said}${problem.reason}.`;
    case 'changed':
      return `${said}something else stands there now.`;
  }
}

const maxShown = 200;

/** No line end and no direction mark of a path gets into a sentence. */
function visible(path: string): string {
  return path.slice(0, maxShown).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
