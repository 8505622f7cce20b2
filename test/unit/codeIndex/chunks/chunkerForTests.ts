import { silentLogger } from '../../../../src/base/logger.ts';
import type { Chunk } from '../../../../src/codeIndex/chunk.ts';
import { type Chunker, createChunker } from '../../../../src/codeIndex/chunks/chunker.ts';
import { createSyntax, type Syntax } from '../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';

/** A chunker with real grammars and all the time it wants. Dispose it. */
export function makeChunker(): Chunker & Disposable & { readonly syntax: Syntax } {
  const folder = makeGrammarFolder();
  const syntax = createSyntax({ grammarFolder: folder.path, log: silentLogger, use: 'indexing' });
  const chunker = createChunker({ syntax, parseBudgetMs: () => 60_000, walkBudgetMs: 60_000 });
  return {
    ...chunker,
    syntax,
    [Symbol.dispose]() {
      syntax[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}

/** `kind names lines`, lines counted from 1. */
export function shown({ kind, symbolPath, startLine, endLine }: Chunk): string {
  return [kind, symbolPath.join(' > '), `${startLine + 1}-${endLine}`].filter(Boolean).join(' ');
}
