import type { Chunk } from '../chunk.ts';
import { fileLines, maxChunkCharacters } from './fileLines.ts';
import type { NotebookCell } from './notebookCells.ts';

/**
 * The cells of a notebook as chunks, long ones cut as a file of their language would be. Their text is the cell's
 * source, their lines those of the notebook's own text, their names the headings above.
 */
export async function notebookChunks(
  cells: readonly NotebookCell[],
  text: string,
  chunksOf: (languageId: string, text: string) => Promise<readonly Chunk[]>,
): Promise<readonly Chunk[]> {
  const file = fileLines(text);
  const chunks: Chunk[] = [];
  let headings: readonly string[] = [];
  for (const { languageId, source, offsets } of cells) {
    const isMarkdown = languageId === 'markdown';
    const lineOf = (line: number) => file.lineAt(offsets[Math.min(line, offsets.length - 1)] ?? 0);
    const parts =
      source.length <= maxChunkCharacters && !isMarkdown ? wholeCell(source) : await chunksOf(languageId, source);
    for (const part of parts) {
      if (isMarkdown) headings = part.symbolPath;
      chunks.push({
        ...part,
        kind: 'cell',
        symbolPath: isMarkdown ? headings : [...headings, ...part.symbolPath],
        startLine: lineOf(part.startLine),
        endLine: lineOf(part.endLine - 1) + 1,
      });
    }
  }
  return chunks;
}

function wholeCell(source: string): readonly Chunk[] {
  const lines = fileLines(source);
  const text = lines.text(0, lines.count);
  return [{ kind: 'cell', symbolPath: [], startLine: 0, endLine: lines.count, text, header: '' }];
}
