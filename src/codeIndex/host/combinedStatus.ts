import type { IndexStatus } from '../../protocol/indexMessages.ts';

/** What is said of several folders together: the first of these that any of them is. */
const loudest: readonly IndexStatus['state'][] = [
  'indexing',
  'waiting',
  'paused',
  'starting',
  'error',
  'ready',
  'reading',
  'off',
];

/** One status for all folders. */
export function combinedStatus(statuses: readonly IndexStatus[]): IndexStatus {
  const state = loudest.find((each) => statuses.some((status) => status.state === each)) ?? 'off';
  const problem = statuses.find((status) => status.problem !== undefined)?.problem;
  const progress = combinedProgress(statuses.flatMap((status) => status.progress ?? []));
  return {
    state,
    files: sum(statuses.map(({ files }) => files)),
    chunks: sum(statuses.map(({ chunks }) => chunks)),
    ...(progress === undefined ? {} : { progress }),
    ...(problem === undefined ? {} : { problem }),
  };
}

type Progress = NonNullable<IndexStatus['progress']>;

function combinedProgress(all: readonly Progress[]): Progress | undefined {
  const [first, ...others] = all;
  if (first === undefined || others.length === 0) return first;
  const filesDone = sum(all.map((each) => each.filesDone));
  const filesTotal = sum(all.map((each) => each.filesTotal));
  const filesPerSecond = sum(all.map((each) => each.filesPerSecond));
  // They share the machine: the sum of the work at the sum of the speeds.
  const secondsLeft = filesPerSecond > 0 ? { secondsLeft: (filesTotal - filesDone) / filesPerSecond } : {};
  return { filesDone, filesTotal, filesPerSecond, ...secondsLeft };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
