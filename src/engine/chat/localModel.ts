import { readChatTemplate, type ChatTemplate } from '../../chat/template/chatTemplate.ts';
import { splitThoughts } from '../../chat/answer/thoughts.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { type LoadedModel, ModelUnavailable } from '../../inference/generate.ts';
import type { ModelRunner } from '../../inference/host/modelRunner.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import type { ChatModel, CurrentChatModel, ModelAnswer, ModelQuestion } from './chatModel.ts';
import { untilReady, untilState } from './untilReady.ts';

export interface LocalModelOptions {
  readonly runner: Pick<ModelRunner, 'state' | 'onState' | 'generate' | 'countTokens'>;
  readonly log: Logger;
}

/** What templates add around a message; known ones add 5 to 9 tokens. */
const perMessage = 12;
/** A model that died while it answered goes on with the same sentence; one that dies again and again does not. */
const maxRevivals = 2;

export interface LocalModel {
  readonly now: CurrentChatModel;
  /** Why there is none that answers; undefined while there is one, or while that is not known yet. */
  whyNone(): Problem | undefined;
  /** Resolves once it is known whether there is one, or rejects with the signal's reason. */
  known(signal: AbortSignal): Promise<void>;
}

/** The model on this machine, while it is there and carries a chat template that can be used. */
export function createLocalModel({ runner, log }: LocalModelOptions): LocalModel {
  // Templates tell the day; one moment for all, or the prompts of a conversation would not begin alike.
  const startMs = Date.now();
  let last:
    | { readonly source: string; readonly template: ChatTemplate | undefined; readonly fault?: string }
    | undefined;

  function templateOf({ name, chat }: LoadedModel): ChatTemplate | undefined {
    if (chat === undefined) return undefined;
    if (last?.source !== chat.template) last = read(name, chat);
    return last.template;
  }

  function read(name: string, chat: NonNullable<LoadedModel['chat']>): NonNullable<typeof last> {
    const source = chat.template;
    try {
      return { source, template: readChatTemplate(source, chat) };
    } catch (cause) {
      log.warn(`The chat template of ${name} cannot be used: ${errorText(cause)}`);
      return { source, template: undefined, fault: errorText(cause) };
    }
  }

  /** One that comes back in a moment is not gone: its answer waits for it. */
  function model(): LoadedModel | undefined {
    return 'model' in runner.state ? runner.state.model : undefined;
  }

  return {
    now() {
      const loaded = model();
      const template = loaded && templateOf(loaded);
      return loaded && template && chatModel(runner, loaded, template, startMs);
    },
    whyNone() {
      const loaded = model();
      if (loaded === undefined) return runner.state.kind === 'failed' ? runner.state.problem : undefined;
      if (templateOf(loaded) !== undefined) return undefined;
      const reason = loaded.chat === undefined ? undefined : last?.fault;
      return { code: 'model.noChat', name: loaded.name, ...(reason === undefined ? {} : { reason }) };
    },
    known: (signal) => untilState(runner, ({ kind }) => kind !== 'loading' && kind !== 'none', signal),
  };
}

function chatModel(
  runner: LocalModelOptions['runner'],
  { id, name, charactersPerToken, chat, contextSize }: LoadedModel,
  template: ChatTemplate,
  startMs: number,
): ChatModel {
  const promptOf = (messages: ModelQuestion['messages']) => template.prompt(messages, startMs);
  return {
    kind: 'local',
    name,
    contextSize: chat?.contextSize ?? contextSize,
    perMessage,
    // Bytes: a Korean letter has three, and about as many tokens as three Latin ones.
    estimate: (text) => Math.ceil(Buffer.byteLength(text) / charactersPerToken),
    async tokensOf(messages, signal) {
      await untilReady(runner, id, signal);
      const [tokens = 0] = await runner.countTokens([promptOf(messages)], signal);
      return tokens;
    },
    answer: (question, onText, signal) =>
      written(
        { runner, id, prompt: promptOf(question.messages), opensThoughts: template.opensThoughts },
        question,
        onText,
        signal,
      ),
  };
}

interface Writing {
  readonly runner: LocalModelOptions['runner'];
  readonly id: string;
  readonly prompt: ReturnType<ChatTemplate['prompt']>;
  readonly opensThoughts: boolean;
}

async function written(
  { runner, id, prompt, opensThoughts }: Writing,
  { maxTokens, temperature, lookup }: ModelQuestion,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const startMs = performance.now();
  let firstTextMs: number | undefined;
  let raw = '';
  let told = 0;
  let tokens = 0;
  const tell = (isComplete: boolean): string => {
    const { answer } = splitThoughts(raw, opensThoughts, isComplete);
    if (answer.length > told) {
      firstTextMs ??= performance.now();
      onText(answer.slice(told));
      told = answer.length;
    }
    return answer;
  };
  for (let revivals = 0; ; revivals++) {
    try {
      const writing = runner.generate(
        {
          prompt,
          // What a model that died had written is the beginning of what the next one writes.
          typed: raw,
          maxTokens: maxTokens - tokens,
          stop: [],
          temperature,
          priority: 'chat',
          room: 'long',
          ...(lookup === undefined ? {} : { lookup }),
        },
        signal,
      );
      for (;;) {
        const step = await writing.next();
        if (step.done) {
          const { promptTokens, end, decodeMs, generatedTokens } = step.value;
          return {
            text: tell(true),
            end: end === 'length' ? 'length' : 'complete',
            promptTokens,
            tokens,
            firstTokenMs: (firstTextMs ?? performance.now()) - startMs,
            ...(generatedTokens > 1 && decodeMs > 0
              ? { tokensPerSecond: ((generatedTokens - 1) / decodeMs) * 1_000 }
              : {}),
          };
        }
        raw += step.value.text;
        tokens += step.value.tokens;
        tell(false);
      }
    } catch (cause) {
      if (!(cause instanceof ModelUnavailable)) throw cause;
      if (revivals >= maxRevivals) throw new ProblemError({ code: 'chat.modelGone' }, { cause });
      await untilReady(runner, id, signal);
    }
  }
}
