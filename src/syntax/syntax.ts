import { join } from 'node:path';
import { Language, type Node, Parser, type Tree } from 'web-tree-sitter';
import { errorText, type Logger } from '../base/logger.ts';
import { grammarFile, type SyntaxUse } from './grammars.ts';
import { parseFirst, runOnce } from './hugeLexers.ts';
import { changeBetween } from './textChange.ts';
import { isUnsafe } from './unsafeTexts.ts';

/** A node of a syntax tree. Its `startIndex` and `endIndex` are UTF-16 offsets. Invalid once its `Parsed` is disposed. */
export type SyntaxNode = Node;

/** One parsed text. Lives in WebAssembly memory that no garbage collector frees: whoever asked for it disposes it. */
export interface Parsed extends Disposable {
  readonly languageId: string;
  readonly text: string;
  readonly root: SyntaxNode;
  /** Whether any part of the text did not fit the grammar. */
  readonly hasError: boolean;
}

export interface Syntax extends Disposable {
  /**
   * Parses a text, incrementally when it resembles the last one of its language. Undefined when the language has no
   * grammar or its grammar is broken, when the text is over 1 MB, or when parsing takes longer than `budgetMs` (50).
   */
  parse(languageId: string, text: string, budgetMs?: number): Promise<Parsed | undefined>;
}

const maxCharacters = 1_000_000;
const defaultBudgetMs = 50;

/** A parse that fails may be the text's fault; a grammar that fails so often is broken. */
const maxFailures = 3;

interface Grammar {
  parser: Parser;
  failures: number;
  /** The last tree of this grammar, from which the next is derived. Never handed out: callers get copies. */
  last?: { readonly text: string; readonly tree: Tree };
}

export interface SyntaxOptions {
  readonly grammarFolder: string;
  readonly log: Logger;
  /** `indexing`: every text is parsed anew, and no tree is kept. Default: `editing`. */
  readonly use?: SyntaxUse;
}

/** Grammars are loaded on first use; one that cannot be loaded is logged once and not tried again. */
export function createSyntax(options: SyntaxOptions): Syntax {
  const { grammarFolder, log, use = 'editing' } = options;
  const grammars = new Map<string, Promise<Grammar | undefined>>();
  let disposed = false;

  const load = async (file: string): Promise<Grammar | undefined> => {
    try {
      await startRuntime(grammarFolder);
      const language = await Language.load(join(grammarFolder, file));
      const parser = new Parser().setLanguage(language);
      parseFirst(file, parser);
      return { parser, failures: 0 };
    } catch (cause) {
      log.warn(`Without ${file}, its languages are completed without syntax: ${errorText(cause)}`);
      return undefined;
    }
  };

  return {
    async parse(languageId, text, budgetMs = defaultBudgetMs) {
      const file = grammarFile(languageId, use);
      if (disposed || file === undefined || text.length > maxCharacters || isUnsafe(file, text)) return undefined;
      let loading = grammars.get(file);
      if (loading === undefined) grammars.set(file, (loading = load(file)));
      const grammar = await loading;
      if (disposed || grammar === undefined) return undefined;
      try {
        const tree = use === 'editing' ? parseOn(grammar, text, budgetMs) : parseAnew(grammar.parser, text, budgetMs);
        return tree && { languageId, text, ...ownTree(tree) };
      } catch (cause) {
        const isUsedOn = renew(grammar);
        if (!isUsedOn) grammars.set(file, Promise.resolve(undefined));
        log.warn(`${file} failed while parsing${isUsedOn ? '' : ' and is not used again'}: ${errorText(cause)}`);
        return undefined;
      }
    },

    [Symbol.dispose]() {
      disposed = true;
      for (const loading of grammars.values()) void loading.then((grammar) => grammar && release(grammar));
      grammars.clear();
    },
  };
}

function parseOn(grammar: Grammar, text: string, budgetMs: number): Tree | undefined {
  const { parser, last } = grammar;
  const change = last && changeBetween(last.text, text);
  if (last && change) last.tree.edit(change);
  delete grammar.last;
  try {
    const tree = parseAnew(parser, text, budgetMs, change && last.tree);
    if (tree !== undefined) grammar.last = { text, tree };
    return tree?.copy();
  } finally {
    last?.tree.delete();
  }
}

/** Undefined when the budget is spent. */
function parseAnew(parser: Parser, text: string, budgetMs: number, edited?: Tree): Tree | undefined {
  const deadline = performance.now() + budgetMs;
  const tree = parser.parse(text, edited, { progressCallback: () => performance.now() > deadline });
  if (tree === null) parser.reset();
  return tree ?? undefined;
}

function ownTree(tree: Tree): Omit<Parsed, 'languageId' | 'text'> {
  let alive = true;
  return {
    root: tree.rootNode,
    hasError: tree.rootNode.hasError,
    [Symbol.dispose]() {
      if (alive) tree.delete();
      alive = false;
    },
  };
}

/** Never collected: freeing what a failed parser has left of its memory could end the process. */
const abandoned: Parser[] = [];

/** Puts a new parser in the place of one that failed. False when the grammar has failed too often. */
function renew(grammar: Grammar): boolean {
  const { parser } = grammar;
  abandoned.push(parser);
  if (++grammar.failures >= maxFailures) return false;
  grammar.parser = new Parser().setLanguage(parser.language);
  return true;
}

function release(grammar: Grammar): void {
  grammar.last?.tree.delete();
  delete grammar.last;
  grammar.parser.delete();
}

/** The WebAssembly runtime is one per process, whatever the number of `Syntax`es. */
let runtime: Promise<void> | undefined;

function startRuntime(grammarFolder: string): Promise<void> {
  runtime ??= initRuntime(grammarFolder).catch((cause: unknown) => {
    runtime = undefined;
    throw cause;
  });
  return runtime;
}

async function initRuntime(grammarFolder: string): Promise<void> {
  await Parser.init({ locateFile: (file: string) => join(grammarFolder, file) });
  await runOnce(grammarFolder);
}
