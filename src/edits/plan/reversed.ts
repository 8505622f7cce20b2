import type { Target } from '../target/target.ts';
import { beforeFile, type PlannedFile } from './editPlan.ts';

/**
 * The files that lead back from where a plan leads to, in the order in which to write them: what a checkpoint keeps.
 * Stale, as any plan, once a file was changed after it.
 */
export function reversed(files: readonly PlannedFile[]): readonly PlannedFile[] {
  return files.map(reversedFile).toReversed();
}

function reversedFile(file: PlannedFile): PlannedFile {
  switch (file.kind) {
    case 'create':
      return { kind: 'delete', target: there(file.target), before: beforeFile({ text: file.after }) };
    case 'delete':
      return { kind: 'create', target: missing(file.target), after: file.before.text };
    case 'change':
      return { ...file, before: beforeFile({ text: file.after }), after: file.before.text };
    case 'rename': {
      const { target, to, before, after } = file;
      return {
        kind: 'rename',
        target: there(to),
        to: missing(target),
        before: beforeFile({ text: after }),
        after: before.text,
      };
    }
  }
}

function there(target: Target): Target {
  return { ...target, exists: true };
}

function missing(target: Target): Target {
  return { ...target, exists: false };
}
