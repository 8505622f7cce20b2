/**
 * What to do with a server's answer:
 * `append` it to what is held; `replace` what is held by it; nothing, since what is held is `complete` already;
 * `askAgain` for the whole file, since what is held fits nothing the server has; or the server `refused`.
 */
export type AnswerPlan = 'append' | 'replace' | 'complete' | 'askAgain' | 'refused';

/** Decides by status and `Content-Range` header (RFC 9110, section 14.4), asked with `heldBytes` in hand. */
export function planFor(status: number, contentRange: string, heldBytes: number): AnswerPlan {
  if (status === 200) return 'replace';
  if (status === 206) {
    if (Number(/^bytes (\d+)-/.exec(contentRange)?.[1]) === heldBytes) return 'append';
    return heldBytes > 0 ? 'askAgain' : 'refused';
  }
  if (status === 416 && heldBytes > 0)
    return Number(/^bytes \*\/(\d+)$/.exec(contentRange)?.[1]) === heldBytes ? 'complete' : 'askAgain';
  return 'refused';
}

/** Headers that ask for what follows `heldBytes`, but for everything when the file is no longer the one held. */
export function rangeHeaders(heldBytes: number, etag: string): Readonly<Record<string, string>> {
  // A compressed answer could be neither counted nor continued.
  const plain = { 'accept-encoding': 'identity' };
  if (heldBytes === 0) return plain;
  const range = { ...plain, range: `bytes=${heldBytes}-` };
  // A weak ETag does not promise equal bytes; the hash at the end has to tell then.
  return etag.startsWith('"') ? { ...range, 'if-range': etag } : range;
}
