import { unixLines } from '../../base/unixLines.ts';
import { outlineOf } from '../../syntax/outline.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import type { Chunk } from '../chunk.ts';
import { codeParts } from './codeParts.ts';
import { type ReadOutline, withScripts } from './embeddedScripts.ts';
import { type FileLines, fileLines, maxChunkCharacters } from './fileLines.ts';
import { markdownParts } from './markdownParts.ts';
import { notebookCells } from './notebookCells.ts';
import { notebookChunks } from './notebookChunks.ts';
import { packParts, wholeClassCharacters } from './packParts.ts';

/** Part of the hash that chunks are kept under: raise it whenever the same file would be cut otherwise. */
export const chunkerVersion = 1;

interface ChunkedFile {
  readonly path: string;
  /** As VS Code names it. */
  readonly languageId: string;
  readonly text: string;
}

export interface Chunker {
  /**
   * Cuts a file into chunks: in order, disjoint, together all its lines but the blank ones; of a notebook, the sources of
   * its cells. Lines count as in the given text. Never rejects for what is in a file: what cannot be parsed in time is cut at blank lines.
   */
  chunk(file: ChunkedFile): Promise<readonly Chunk[]>;
}

export interface ChunkerOptions {
  /** Made for `indexing`: then the chunks of a file do not depend on the files before it. */
  readonly syntax: Syntax;
  /** In ms of wall time. */
  readonly parseBudgetMs?: (text: string) => number;
  readonly walkBudgetMs?: number;
}

// Several times what it takes on a busy machine: chunks are kept, and those of a file that was given up are worse.
const defaultParseBudgetMs = (text: string) => 300 + text.length / 1_000;
const defaultWalkBudgetMs = 200;

export function createChunker(options: ChunkerOptions): Chunker {
  const { syntax, parseBudgetMs = defaultParseBudgetMs, walkBudgetMs = defaultWalkBudgetMs } = options;

  const readOutline: ReadOutline = async (languageId, text) => {
    using parsed = await syntax.parse(languageId, text, parseBudgetMs(text));
    const deadlineMs = performance.now() + walkBudgetMs;
    return parsed && outlineOf(parsed, { wholeCharacters: maxChunkCharacters, wholeClassCharacters, deadlineMs });
  };

  const codeChunks = async (languageId: string, text: string, lines: FileLines) => {
    if (isMinified(text, lines)) return undefined;
    const outline = await readOutline(languageId, text);
    if (outline === undefined) return undefined;
    const whole = withElements.has(languageId) ? await withScripts(outline, text, readOutline) : outline;
    const restKind = outline.some(({ kind }) => kind === 'block') ? 'block' : 'statements';
    return packParts({ lines, parts: codeParts(whole, lines, text), restKind });
  };

  const chunksOf = async (languageId: string, text: string) => {
    const lines = fileLines(text);
    if (markdownLanguages.has(languageId)) return packParts({ lines, restKind: 'section', ...markdownParts(lines) });
    return (await codeChunks(languageId, text, lines)) ?? packParts({ lines, parts: [], restKind: 'block' });
  };

  return {
    async chunk({ languageId, text: given }) {
      const text = unixLines(given);
      const cells = languageId === 'jupyter' ? notebookCells(text) : undefined;
      return cells === undefined ? chunksOf(languageId, text) : notebookChunks(cells, text, chunksOf);
    },
  };
}

const withElements = new Set(['html', 'svelte', 'vue']);
const markdownLanguages = new Set(['markdown', 'mdx', 'quarto', 'rmd']);

/** Trees of such files cost the most and cannot help: chunks are made of whole lines. */
function isMinified(text: string, lines: FileLines): boolean {
  return text.length > 20_000 && text.length / lines.count > 1_000;
}
