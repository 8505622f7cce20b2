import { fieldOf, listOf, numberOf, textOf } from './json.ts';

/** A message, as every server takes it. */
export interface ServerMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Asks a server one thing: GET, or POST with a body. Rejects where it has no such place. */
export type AskServer = (path: string, body?: object) => Promise<unknown>;

/** What a server of one make does beyond what all do. Absent: it cannot, or not that we know. */
export interface ServerKind {
  readonly id: string;
  /** What `owned_by` says in its list of models. */
  readonly ownedBy: string;
  /** Tokens that a prompt and its answer may have together, where an entry of that list does not say so. */
  readonly contextSize?: (ask: AskServer, model: string) => Promise<number | undefined>;
  /** Ways to count the tokens of a prompt, the best first. Versions of a server lack one or the other. */
  readonly count: readonly CountTokens[];
  /** Sent with each question. */
  readonly options: Readonly<Record<string, unknown>>;
}

type CountTokens = (ask: AskServer, model: string, messages: readonly ServerMessage[]) => Promise<number | undefined>;

const countChat: CountTokens = async (ask, model, messages) =>
  numberOf(fieldOf(await ask('/v1/chat/completions/input_tokens', { model, messages }), 'input_tokens'));

/** What llama-server could do before it counted chats: in two steps. */
const countTemplate: CountTokens = async (ask, model, messages) => {
  const prompt = textOf(fieldOf(await ask('/apply-template', { model, messages }), 'prompt'));
  if (prompt === undefined) return undefined;
  const tokens = fieldOf(await ask('/tokenize', { model, content: prompt, add_special: true }), 'tokens');
  return Array.isArray(tokens) ? tokens.length : undefined;
};

const countMessages: CountTokens = async (ask, model, messages) =>
  numberOf(fieldOf(await ask('/tokenize', { model, messages, add_generation_prompt: true }), 'count'));

/**
 * By their documentation in 2026; llama-server alone is tested for real here. Whoever is in no row is asked for what all
 * have: a list of models and chat completions.
 */
export const serverKinds: readonly ServerKind[] = [
  {
    id: 'llama-server',
    ownedBy: 'llamacpp',
    contextSize: async (ask, model) => {
      // One that has many models would load this one for the question.
      const props = await ask(`/props?model=${encodeURIComponent(model)}&autoload=false`);
      return numberOf(fieldOf(props, 'default_generation_settings', 'n_ctx'));
    },
    count: [countChat, countTemplate],
    options: { cache_prompt: true },
  },
  { id: 'vLLM', ownedBy: 'vllm', count: [countMessages], options: {} },
  { id: 'SGLang', ownedBy: 'sglang', count: [], options: {} },
  {
    id: 'Ollama',
    ownedBy: 'library',
    // It cuts prompts that are longer without a word. What it will give a model that is not loaded, it does not tell.
    contextSize: async (ask, model) => {
      const running = listOf(fieldOf(await ask('/api/ps'), 'models'));
      return numberOf(fieldOf(running.find(isNamed(model)), 'context_length'));
    },
    count: [],
    options: {},
  },
  {
    id: 'LM Studio',
    ownedBy: 'organization_owner',
    contextSize: async (ask, model) => {
      const models = listOf(fieldOf(await ask('/api/v0/models'), 'data'));
      return numberOf(fieldOf(models.find(isNamed(model)), 'loaded_context_length'));
    },
    count: [],
    options: {},
  },
];

/** LocalAI, llama-cpp-python, a gateway in front of several. */
export const unknownKind: ServerKind = { id: 'other', ownedBy: '', count: [], options: {} };

function isNamed(model: string): (entry: unknown) => boolean {
  return (entry) => ['id', 'name', 'model'].some((key) => fieldOf(entry, key) === model);
}
