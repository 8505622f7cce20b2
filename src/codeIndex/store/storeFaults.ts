/** The store cannot be used as it is: set it aside and begin a new one. */
export class StoreBroken extends Error {
  override readonly name = 'StoreBroken';
}

/** There is nothing that could be read here, or not by this version; a writer may be about to change that. */
export class StoreAbsent extends Error {
  override readonly name = 'StoreAbsent';
}

/** The disk or the quota is used up. What was acknowledged before is still there and searchable. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
}

/** LanceDB has no program for this platform, or none that this processor can run. */
export class StoreUnsupported extends Error {
  override readonly name = 'StoreUnsupported';
}

/** Nothing is wrong with the store, as far as one knows: the way to it is blocked, or no permission is given. */
export class StoreUnreachable extends Error {
  override readonly name = 'StoreUnreachable';
}

/** What libraries and systems say, as far as it can be told apart by nothing else than their words. */
const fullDisk =
  /no space left|not enough space|disk quota|storage ?full|file too large|os error (27|28|112|122)\b|\b(ENOSPC|EDQUOT|EFBIG)\b/i;
const passing =
  /too many open files|os error (12|23|24)\b|timed? ?out|connection|dns error|error sending request|access ?denied|forbidden|unauthori[sz]ed|permission denied|credential|throttl|slow ?down|commit conflict|concurrent|store: "S3"|status: (?!404)[45]\d\d/i;

/** Whether an error says that the disk is full. */
export function isDiskFull(cause: unknown): boolean {
  return cause instanceof DiskFull || fullDisk.test(wordsOf(cause));
}

/** Whether an error is about the way to the data (a network, a limit of the system), not about the data. */
export function isPassing(cause: unknown): boolean {
  return cause instanceof StoreUnreachable || passing.test(wordsOf(cause));
}

/** Without paths and addresses, which may have any words in them. */
function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause ? ` ${String(cause.code)}` : '';
  return `${cause.message}${code}`.replaceAll(/\S*[/\\]\S*/g, '');
}
