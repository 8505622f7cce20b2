import type { IndexStatus } from '../protocol/indexMessages.ts';
import { describeProblem, type Translate } from '../protocol/problems.ts';
import { formatCount } from './formats.ts';

export interface IndexText {
  /** One sentence without a full stop; empty where there is no index to speak of. Plain text. */
  readonly line: string;
  /** `14 %` while a pass is under way. */
  readonly progress: string;
  readonly busy: boolean;
  readonly failed: boolean;
}

export function describeIndex(status: IndexStatus, t: Translate): IndexText {
  const { state, progress } = status;
  return {
    line: describeState(status, t),
    progress: isWorking(status) && progress ? formatPercent(progress) : '',
    busy: state === 'starting' || state === 'indexing',
    failed: state === 'error',
  };
}

/** Whether a pass over the workspace is under way, also where it waits for a quiet moment. */
export function isWorking({ state }: IndexStatus): boolean {
  return state === 'starting' || state === 'indexing' || state === 'waiting';
}

/** `still indexing: 1,203 of 8,110 files`, for a search that may not find everything; empty when all is indexed. */
export function stillIndexing({ state, progress }: IndexStatus, t: Translate): string {
  if (state === 'starting') return t('the index is being opened');
  if (!progress) return '';
  const [done, total] = [formatCount(progress.filesDone), formatCount(progress.filesTotal)];
  return state === 'paused'
    ? t('indexing is paused: {0} of {1} files', done, total)
    : t('still indexing: {0} of {1} files', done, total);
}

export interface NoIndex {
  readonly text: string;
  /** What helps: a command and, where it takes one, its argument. */
  readonly command?: readonly [id: string, argument?: string];
}

/** Why there is nothing to search in, and what to do; undefined where there is something. */
export function whyNoIndex(
  { state, problem }: IndexStatus,
  { enabled, folders }: { readonly enabled: boolean; readonly folders: number },
  t: Translate,
): NoIndex | undefined {
  if (folders === 0) return { text: t('Open a folder first: it is what gets indexed.') };
  if (!enabled) {
    const text = t('The workspace is not indexed, because the setting hearth.index is off.');
    return { text, command: ['workbench.action.openSettings', 'hearth.index'] };
  }
  if (state === 'off') {
    return { text: t('There is no index here. Press Enter to build one.'), command: ['hearth.rebuildIndex'] };
  }
  if (state !== 'error' || !problem) return undefined;
  return { text: describeProblem(problem, t).message, command: ['hearth.showLog'] };
}

function describeState({ state, files, progress, problem }: IndexStatus, t: Translate): string {
  switch (state) {
    case 'off':
      return '';
    case 'starting':
      return t('Opening the index');
    case 'indexing':
      return progress ? describeProgress(progress, t) : t('Indexing');
    case 'waiting':
      return t('Indexing goes on in a quiet moment');
    case 'paused':
      return progress
        ? t('Indexing is paused at {0} of {1} files', formatCount(progress.filesDone), formatCount(progress.filesTotal))
        : t('Indexing is paused');
    case 'ready':
      return t('{0} files indexed', formatCount(files));
    case 'reading':
      return t('{0} files indexed by another window', formatCount(files));
    case 'error':
      return problem ? describeProblem(problem, t).message : t('The index does not work');
  }
}

type Progress = NonNullable<IndexStatus['progress']>;

/** `Indexing 1,203 of 8,110 files, 950 files/s, about 7 s`. */
function describeProgress({ filesDone, filesTotal, filesPerSecond, secondsLeft }: Progress, t: Translate): string {
  const parts = [t('Indexing {0} of {1} files', formatCount(filesDone), formatCount(filesTotal))];
  if (filesPerSecond >= 1) parts.push(t('{0} files/s', formatCount(Math.round(filesPerSecond))));
  if (secondsLeft !== undefined) parts.push(describeWait(secondsLeft, t));
  return parts.join(', ');
}

function describeWait(seconds: number, t: Translate): string {
  return seconds < 89.5
    ? t('about {0} s', Math.max(1, Math.round(seconds)))
    : t('about {0} min', Math.round(seconds / 60));
}

function formatPercent({ filesDone, filesTotal }: Progress): string {
  return `${filesTotal > 0 ? Math.min(99, Math.floor((100 * filesDone) / filesTotal)) : 0} %`;
}
