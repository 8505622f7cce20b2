/**
 * Tells of most texts that a word is not in them, without the text: a bit is set for each pair and each triple of
 * characters in a word of the text (a Bloom filter with one hash function). About half a kilobyte per thousand words,
 * so the signatures of all conversations fit into the list's cache, and a search reads few files that do not match.
 */
const minBits = 256;
const maxBits = 1 << 17;

/** Base64 of the bits, a power of two. */
export function signatureOf(text: string): string {
  const grams = new Set<number>();
  for (const [word] of text.matchAll(/\S+/gu)) {
    for (let at = 0; at + 2 <= word.length; at++) grams.add(hashAt(word, at, 2));
    for (let at = 0; at + 3 <= word.length; at++) grams.add(hashAt(word, at, 3));
  }
  // Two bits for each: three fifths of them stay unset.
  const bits = Math.min(maxBits, Math.max(minBits, 2 ** Math.ceil(Math.log2(grams.size * 2 + 1))));
  const bytes = Buffer.alloc(bits / 8);
  for (const gram of grams) bytes[(gram % bits) >> 3]! |= 1 << (gram & 7);
  return bytes.toString('base64');
}

/** False when the text of this signature certainly lacks one of the words. One character alone may be in every text. */
export function mayHoldAll(signature: string, words: readonly string[]): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return words.every((word) => {
    const length = word.length === 2 ? 2 : 3;
    for (let at = 0; at + length <= word.length; at++) {
      const bit = hashAt(word, at, length) % (bytes.length * 8);
      if (((bytes[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
    }
    return true;
  });
}

/** FNV-1a over UTF-16 units, made even by the last steps of MurmurHash3. At least 0. */
function hashAt(word: string, from: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < from + length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
