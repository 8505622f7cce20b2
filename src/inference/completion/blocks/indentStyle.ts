import { fileOf } from '../../../base/fileOf.ts';
import { createEditorconfig, type EditorconfigIndent } from '../../../formats/editorconfig.ts';
import type { DocumentView, IndentStyle } from '../types.ts';
import { leadingSpace } from './cursorLine.ts';

/** Enough of a document to see its habits. */
const sampleCharacters = 40_000;
const maxSize = 16;

const tabbed: ReadonlySet<string> = new Set(['go', 'makefile', 'gomod', 'tsv']);
const fourSpaces: ReadonlySet<string> = new Set(
  'python rust java csharp c cpp cuda-cpp objective-c kotlin swift php perl powershell groovy'.split(' '),
);

/** The indent style of a document: what `.editorconfig` says of its file, else what its text shows, else its language's. */
export function createIndentStyles(
  editorconfig: (filePath: string) => Promise<EditorconfigIndent> = createEditorconfig(),
): (document: Pick<DocumentView, 'uri' | 'languageId' | 'text'>) => Promise<IndentStyle> {
  return async ({ uri, languageId, text }) => {
    const file = fileOf(uri);
    return resolveIndent(file === undefined ? {} : await editorconfig(file), detectIndent(text, languageId));
  };
}

/** Fills in what the configuration leaves open. */
export function resolveIndent(config: EditorconfigIndent, detected: IndentStyle): IndentStyle {
  const insertSpaces = config.indent_style === undefined ? detected.insertSpaces : config.indent_style !== 'tab';
  const tabWidth = sizeOf(config.tab_width);
  const indentSize = sizeOf(config.indent_size) ?? tabWidth;
  const size = insertSpaces ? indentSize : (tabWidth ?? indentSize);
  return { insertSpaces, size: size ?? detected.size };
}

/** What most lines of a text do; the language's custom when it has no indentation yet. */
export function detectIndent(text: string, languageId: string): IndentStyle {
  const fallback: IndentStyle = { insertSpaces: !tabbed.has(languageId), size: customarySize(languageId) };
  const steps = new Map<number, number>();
  let tabs = 0;
  let spaces = 0;
  let previous = 0;
  for (const line of text.slice(0, sampleCharacters).split('\n')) {
    // A doc comment's ` *` stands one column off.
    if (line.trim() === '' || /^\s+\*/.test(line)) continue;
    const space = leadingSpace(line);
    if (space.startsWith('\t')) tabs++;
    else if (space !== '') spaces++;
    const step = space.length - previous;
    if (!space.includes('\t') && step > 1 && step <= 8) steps.set(step, (steps.get(step) ?? 0) + 1);
    previous = space.includes('\t') ? 0 : space.length;
  }
  if (tabs === 0 && spaces === 0) return fallback;
  if (tabs > spaces) return { insertSpaces: false, size: 4 };
  const [common] = [...steps].toSorted(([a, countA], [b, countB]) => countB - countA || a - b);
  return { insertSpaces: true, size: common?.[0] ?? fallback.size };
}

function customarySize(languageId: string): number {
  return tabbed.has(languageId) || fourSpaces.has(languageId) ? 4 : 2;
}

function sizeOf(value: string | undefined): number | undefined {
  const size = Number(value);
  return Number.isInteger(size) && size >= 1 && size <= maxSize ? size : undefined;
}
