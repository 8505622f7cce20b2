import type { ActKind } from '../../../protocol/editMessages.ts';

/** What a task is told of the place. */
interface TaskPlace {
  readonly path: string;
  /** `Parser.next (lines 10-20)`, `lines 10-20`. */
  readonly where: string;
  /** What the user said; '' when nothing. */
  readonly said: string;
  /** Of tests: the file that they go into. */
  readonly tests?: { readonly path: string; readonly exists: boolean };
}

type Task = (place: TaskPlace) => string;

/** What each kind of action asks for. Short: a small model on a slow machine reads it before its first word. */
export const tasks: Readonly<Record<ActKind, Task>> = {
  fix: ({ path, where }) =>
    `Fix the problems listed under "problems" in ${where} of ${path}, with the smallest change that removes their cause. Do not silence them with comments or casts.`,
  document: ({ path, where }) =>
    `Write a documentation comment for ${where} of ${path}, in the form that its language and this file use: what a caller must know. Change no code.`,
  tests: ({ path, where, tests }) =>
    tests === undefined
      ? `Write tests for ${where} of ${path}, in a new file.`
      : tests.exists
        ? `Add tests for ${where} of ${path} to ${tests.path}, in the style of the tests there.`
        : `Write tests for ${where} of ${path} into the new file ${tests.path}. Cover the cases at the edges.`,
  refactor: ({ path, where, said }) =>
    `Refactor ${where} of ${path} without changing what it does${said === '' ? ': make it simpler' : `: ${said}`}.`,
  instruction: ({ path, where, said }) => `In ${where} of ${path}: ${said}`,
  apply: ({ path }) =>
    `Work the code under "code to apply" into ${path}. Where it says that something stays as it is, keep what the file has. Change nothing else.`,
};
