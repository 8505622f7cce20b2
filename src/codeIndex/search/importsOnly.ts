import type { StoredChunk } from '../chunk.ts';

/** Of its letters: a chunk with fewer outside of imports says what a file uses, and nothing else. */
const leastRest = 0.3;

const statement =
  /^[ \t]*(?:import|from|use|using|#include|package|export\s*(?:type\s*)?\{[^}]*\}\s*from)\b[^;\n{(]*(?:\{[^}]*\}[^;\n]*|\([^)]*\))?/gm;
const required = /^[ \t]*(?:const|let|var)\s*(?:\{[^}]*\}|[^={\n]*)\s*=\s*require\(.*/gm;

/** Whether a chunk is little more than the imports of its file: full of telling names, and of no use. */
export function isImports({ kind, text }: Pick<StoredChunk, 'kind' | 'text'>): boolean {
  if (kind !== 'statements' && kind !== 'block') return false;
  const rest = text.replace(statement, '').replace(required, '');
  return letters(rest) < leastRest * letters(text);
}

function letters(text: string): number {
  return text.replace(/[^\p{L}\p{N}]/gu, '').length;
}
