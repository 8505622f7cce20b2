/** A piece of a text. `missing` has no text: it stands where only the other text has some. */
export interface DiffPart {
  readonly kind: 'same' | 'differs' | 'missing';
  readonly text: string;
}

/** Longer texts than this are compared as a whole: the work grows with the square. */
const maxTokens = 600;

/** `text` in pieces, by whether they stand in `other` too, in the same order: words, marks and spaces as wholes. */
export function diffAgainst(text: string, other: string): readonly DiffPart[] {
  if (text === other) return merged([{ kind: 'same', text }]);
  const [a, b] = [tokensOf(text), tokensOf(other)];
  if (a.length > maxTokens || b.length > maxTokens) return merged([{ kind: 'differs', text }]);
  const lengths = commonLengths(a, b);
  const parts: DiffPart[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [mine, theirs] = [a[i], b[j]];
    if (mine !== undefined && mine === theirs) {
      parts.push({ kind: 'same', text: mine });
      i++;
      j++;
    } else if (mine === undefined || (theirs !== undefined && at(lengths, i, j + 1) > at(lengths, i + 1, j))) {
      if (theirs?.trim()) parts.push({ kind: 'missing', text: '' });
      j++;
    } else {
      parts.push({ kind: 'differs', text: mine });
      i++;
    }
  }
  return merged(parts);
}

function tokensOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_$]+|\n|[^\S\n]+|[=!<>+\-*/%&|^?]+|[^\p{L}\p{N}_$\s]/gu) ?? [];
}

/** `[i][j]`: how many tokens `a` from i and `b` from j have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row)
        row[j] = a[i] === b[j] ? at(lengths, i + 1, j + 1) + 1 : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
    }
  return lengths;
}

function at(lengths: readonly (readonly number[])[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}

/** Neighbours of one kind as one; what is missing beside what differs was replaced by it. */
function merged(parts: readonly DiffPart[]): readonly DiffPart[] {
  const result: DiffPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last?.kind === part.kind) result[result.length - 1] = { kind: part.kind, text: last.text + part.text };
    else if (last?.kind === 'differs' && part.kind === 'missing') continue;
    else if (last?.kind === 'missing' && part.kind === 'differs') result[result.length - 1] = part;
    else if (part.text !== '' || part.kind === 'missing') result.push(part);
  }
  return result;
}
