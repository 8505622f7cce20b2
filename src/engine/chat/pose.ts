import { systemPrompt } from '../../chat/context/systemPrompt.ts';
import type { Command } from '../../chat/context/commands.ts';
import type { GatheredItem } from '../../chat/context/fitItems.ts';
import { withoutHidden } from '../../chat/context/hiddenCharacters.ts';
import type { Hit } from '../../codeIndex/search/hit.ts';
import type { ChatTurn, ContextItem, EditorState, Mention, PromptContents } from '../../protocol/chatMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import { itemOfHit } from '../citedHit.ts';
import type { ChatModel, CurrentChatModel } from './chatModel.ts';
import { type Asking, gather, type Sources } from './context/gather.ts';
import { fitPrompt, type FittedPrompt } from './fitPrompt.ts';
import { type Question, readQuestion } from './question.ts';

/** Whom a question may be put to, and where what it names is found. */
export interface PoseParts {
  readonly model: CurrentChatModel;
  /** Why there is none; undefined while that is not known yet. */
  readonly whyNoModel: () => Problem | undefined;
  readonly sources: Sources;
  /** The passages of the workspace that fit a question best. */
  readonly passages: (asking: Asking, signal: AbortSignal) => Promise<readonly Hit[]>;
  readonly commands: (folder: string | undefined) => Promise<readonly Command[]>;
  /** How the user writes code in a language; '' where nothing is known. */
  readonly style: (folder: string | undefined, languageId: string) => string;
}

/** A question on its way to a model. */
export interface Asked {
  /** Absolute path of the workspace folder. */
  readonly folder: string | undefined;
  /** As it was typed, with its slash command. */
  readonly typed: string;
  readonly attached: readonly Mention[];
  /** From the first turn to the answer that it follows. */
  readonly history: readonly ChatTurn[];
  readonly editor: EditorState;
}

/** A question with all that is shown with it, and who is to answer it. */
export interface Posed {
  readonly question: Question;
  readonly items: readonly ContextItem[];
  readonly to:
    | { readonly kind: 'model'; readonly model: ChatModel; readonly prompt: FittedPrompt }
    | { readonly kind: 'search'; readonly hits: readonly Hit[] };
  readonly contents: PromptContents;
}

/** Reads a question, gathers what it names, and lays it out for the model that is there; without one it searches. */
export async function pose(asked: Asked, parts: PoseParts, signal: AbortSignal): Promise<Posed> {
  const { folder, typed, attached, history, editor } = asked;
  const question = readQuestion(typed, attached, await parts.commands(folder));
  const asking: Asking = { folder, question: question.text, editor };
  const { items, problems } = await gather(question.mentions, asking, parts.sources, signal);
  const model = parts.model();
  if (model === undefined)
    return searched(question, await parts.passages(asking, signal), { problems, ...whyOf(parts.whyNoModel()) });
  const system = systemPrompt(parts.style(folder, languageOf(asked)));
  const { text, instruction } = question;
  const prompt = await fitPrompt({ system, instruction, question: text, items, history }, model, signal);
  return {
    question,
    items: prompt.contents.items,
    to: { kind: 'model', model, prompt },
    contents: { ...prompt.contents, problems, answeredBy: { kind: model.kind, name: model.name } },
  };
}

/** What a search found stands with the question as what a model was shown does: its places can be cited. */
function searched(
  question: Question,
  hits: readonly Hit[],
  more: Pick<PromptContents, 'problems' | 'answeredBy' | 'whyNoModel'>,
): Posed {
  const items = hits.map((hit) => unread(itemOfHit(hit, 'codebase')));
  const leftOut = { earlierTurns: 0, items: [], questionLines: 0 };
  return {
    question,
    items,
    to: { kind: 'search', hits },
    contents: { items, leftOut, promptTokens: 0, budgetTokens: 0, ...more },
  };
}

/** Until it is known why, a model may still be on its way. */
function whyOf(problem: Problem | undefined): Pick<PromptContents, 'answeredBy' | 'whyNoModel'> {
  return problem === undefined ? {} : { answeredBy: { kind: 'search', name: '' }, whyNoModel: problem };
}

function unread(item: GatheredItem): ContextItem {
  return { ...item, text: withoutHidden(item.text).text, tokens: 0 };
}

/** The style in the system prompt stays that of the first question: another one would void what the model has read. */
function languageOf({ history, editor }: Asked): string {
  return history.find(({ languageId }) => languageId !== undefined)?.languageId ?? editor.languageId ?? '';
}
