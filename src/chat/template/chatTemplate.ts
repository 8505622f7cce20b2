import type { PromptPart, RoleMessage } from '../promptPart.ts';
import { type Arrangement, arrangements } from './arrangements.ts';
import { inTime, type JinjaTemplate, parseJinja, renderJinja, TemplateFault } from './boundedJinja.ts';
import { putContents, sentinelFor, usesSentinels } from './sentinels.ts';
import { strftime } from './strftime.ts';

/** What a template wants to know of its model's vocabulary: the texts of its tokens, '' for one that it lacks. */
export interface TemplateTokens {
  readonly bos: string;
  readonly eos: string;
}

/**
 * How far the prompt of a conversation begins with the prompt of its beginning, which is what the KV cache can keep.
 * `all`: with all of it; `toQuestion`: up to the last question, the opening of its answer differs (Qwen3 shows the
 * empty thoughts of the newest answer only); `nothing`: a template that looks back from the end.
 */
type Reuse = 'all' | 'toQuestion' | 'nothing';

export interface ChatTemplate {
  readonly reuse: Reuse;
  /** Id of the arrangement that suits it, for the log. */
  readonly arrangement: string;
  /** Whether an answer begins inside the model's thoughts: the template has opened them already. */
  readonly opensThoughts: boolean;
  /**
   * The prompt that makes the model answer the last message. `nowMs` (Unix time) is the day that templates tell: pass
   * one moment for a whole conversation, or its prompts will not begin alike. Throws `TemplateFault` when the template
   * refuses these messages, which none does that accepted the probes.
   */
  prompt(messages: readonly RoleMessage[], nowMs: number): readonly PromptPart[];
}

/**
 * Reads the `tokenizer.chat_template` of a model. Messages are arranged in the first way that the template takes without
 * losing one, and if possible in one in which the KV cache can be used again. Throws `TemplateFault` when there is none.
 */
export function readChatTemplate(source: string, tokens: TemplateTokens): ChatTemplate {
  if (usesSentinels(source)) throw new TemplateFault('it holds characters that mark messages here');
  // All tries together, or a hostile template could take the time of each.
  return inTime(() => arranged(parseJinja(source), tokens));
}

function arranged(template: JinjaTemplate, tokens: TemplateTokens): ChatTemplate {
  const faults: unknown[] = [];
  const suitable = arrangements.flatMap((arrangement) => {
    const prompt: ChatTemplate['prompt'] = (messages, nowMs) =>
      renderParts(template, arrangement, tokens, messages, nowMs);
    try {
      return [{ arrangement: arrangement.id, prompt, ...probe(prompt) }];
    } catch (cause) {
      faults.push(cause);
      return [];
    }
  });
  const best = suitable.find(({ reuse }) => reuse !== 'nothing') ?? suitable[0];
  if (best === undefined) throw faults[0] ?? new TemplateFault('it takes no messages');
  return best;
}

function renderParts(
  template: JinjaTemplate,
  { arrange, variables }: Arrangement,
  tokens: TemplateTokens,
  messages: readonly RoleMessage[],
  nowMs: number,
): readonly PromptPart[] {
  const given = arrange(messages);
  const rendered = renderJinja(template, {
    messages: given.map(({ role }, index) => ({ role, content: sentinelFor(index) })),
    bos_token: tokens.bos,
    eos_token: tokens.eos,
    add_generation_prompt: true,
    // By the names that Qwen3, SmolLM3 and others (`enable_thinking`) and Granite and DeepSeek (`thinking`) use.
    enable_thinking: false,
    thinking: false,
    strftime_now: (format: string) => strftime(new Date(nowMs), format),
    ...variables,
  });
  return putContents(
    rendered,
    given.map(({ content }) => content),
  );
}

const beginning: readonly RoleMessage[] = [
  { role: 'system', content: 'rules' },
  { role: 'user', content: 'question 1' },
];
const continued: readonly RoleMessage[] = [
  ...beginning,
  { role: 'assistant', content: 'answer 1' },
  { role: 'user', content: 'question 2' },
];
/** A question that was never answered, and one asked in two messages. */
const unanswered: readonly RoleMessage[] = [...continued, { role: 'user', content: 'question 3' }];

/** Throws `TemplateFault` when the arrangement does not suit the template. */
function probe(prompt: ChatTemplate['prompt']): Pick<ChatTemplate, 'reuse' | 'opensThoughts'> {
  prompt(unanswered, 0);
  const first = prompt(beginning, 0);
  const [whole, later] = [textOf(first), textOf(prompt(continued, 0))];
  const last = first.at(-1);
  const opening = last !== undefined && 'control' in last ? last.control : '';
  const toQuestion = whole.slice(0, whole.length - opening.length);
  const reuse = later.startsWith(whole) ? 'all' : later.startsWith(toQuestion) ? 'toQuestion' : 'nothing';
  return { reuse, opensThoughts: /<think(?:ing)?>\s*$/.test(opening) };
}

/** All that is read, control and text alike. */
function textOf(parts: readonly PromptPart[]): string {
  return parts.map((part) => ('control' in part ? part.control : part.text)).join('');
}
