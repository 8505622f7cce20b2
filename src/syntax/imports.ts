import { type Import, importReaders } from './importReaders.ts';
import type { Parsed, SyntaxNode } from './syntax.ts';

/** What the file imports, in its order; only from where imports usually stand, not from inside functions. */
export function importsIn(parsed: Parsed): readonly Import[] {
  const readers = importReaders(parsed.languageId);
  if (readers === undefined) return [];
  const under = (parent: SyntaxNode): readonly Import[] =>
    parent.namedChildren.flatMap((node) => {
      const read = readers.read[node.type];
      if (read !== undefined) return read(node);
      return readers.containers.includes(node.type) ? under(node) : [];
    });
  return under(parsed.root);
}
