import type { GatheredItem } from '../../../chat/context/fitItems.ts';
import type { EditorState, GitWhat, Mention } from '../../../protocol/chatMessages.ts';
import { mentionText } from '../../../protocol/mentionText.ts';
import { type Problem, ProblemError } from '../../../protocol/problems.ts';

/** What is known when something is to be shown to a model. */
export interface Asking {
  /** Absolute path of the workspace folder; undefined where none is open. */
  readonly folder: string | undefined;
  readonly question: string;
  readonly editor: EditorState;
}

/** Finds what a mention of one kind stands for. Rejects with a `ProblemError`, or with the signal's reason. */
type Find<What> = (what: What, asking: Asking, signal: AbortSignal) => Promise<readonly GatheredItem[]>;

/** One per kind of mention. */
export interface Sources {
  /** A path. */
  readonly file: Find<string>;
  readonly folder: Find<string>;
  /** A name. */
  readonly symbol: Find<string>;
  readonly git: Find<GitWhat>;
  readonly codebase: Find<undefined>;
  readonly selection: Find<undefined>;
  readonly problems: Find<undefined>;
  readonly terminal: Find<undefined>;
}

export interface Gathered {
  readonly items: readonly GatheredItem[];
  /** Of what was not found or could not be read. */
  readonly problems: readonly Problem[];
}

/** Everything that was mentioned, each once, in the order of the mentions. Rejects only with the signal's reason. */
export async function gather(
  mentions: readonly Mention[],
  asking: Asking,
  sources: Sources,
  signal: AbortSignal,
): Promise<Gathered> {
  const each = [...new Map(mentions.map((mention) => [mentionText(mention), mention])).values()];
  const all = await Promise.all(each.map((mention) => itemsOf(mention, asking, sources, signal)));
  const items = all.flatMap(({ items: some }) => some);
  return {
    // A file that is attached, and in front, and in a folder is read once.
    items: [...new Map(items.map((item) => [keyOf(item), item])).values()],
    problems: all.flatMap(({ problems }) => problems),
  };
}

async function itemsOf(mention: Mention, asking: Asking, sources: Sources, signal: AbortSignal): Promise<Gathered> {
  try {
    const items = await found(mention, asking, sources, signal);
    signal.throwIfAborted();
    return { items, problems: [] };
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    return { items: [], problems: [cause.problem] };
  }
}

function found(mention: Mention, asking: Asking, sources: Sources, signal: AbortSignal): ReturnType<Find<never>> {
  switch (mention.kind) {
    case 'file':
    case 'folder':
      return sources[mention.kind](mention.path, asking, signal);
    case 'symbol':
      return sources.symbol(mention.name, asking, signal);
    case 'git':
      return sources.git(mention.what, asking, signal);
    case 'codebase':
    case 'selection':
    case 'problems':
    case 'terminal':
      return sources[mention.kind](undefined, asking, signal);
  }
}

function keyOf({ kind, label, path = '', startLine = 0, endLine = 0 }: GatheredItem): string {
  return path === '' ? `${kind} ${label}` : `${path} ${startLine} ${endLine}`;
}
