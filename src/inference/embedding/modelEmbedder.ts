import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Emitter } from '../../base/emitter.ts';
import type { EmbedRequest } from '../embed.ts';
import { ModelUnavailable } from '../generate.ts';
import type { RunnerState } from '../host/modelRunner.ts';
import type { EmbeddingPrompts } from './embeddingModels.ts';
import { modelFingerprint } from './modelFingerprint.ts';
import { OnDemandModel, type OnDemandOptions } from './onDemandModel.ts';

/** Counted up when the way from text to vector changes here, in the host or in llama.cpp. */
const scheme = 1;
/** Texts in one message: enough to keep the host busy, few enough that an answer is some hundred kilobytes. */
const textsPerRequest = 32;

export interface ModelEmbedderOptions extends OnDemandOptions {
  readonly prompts: EmbeddingPrompts;
}

/** Texts to vectors by a GGUF model in a model host of its own. */
export interface ModelEmbedder extends AsyncDisposable {
  /**
   * Changes with all that changes vectors: the file's content, the prompts, where long texts are cut. The same on every
   * machine, so that an index can be shared.
   */
  readonly id: string;
  readonly name: string;
  readonly dimensions: number;
  readonly state: RunnerState;
  readonly onState: Emitter<RunnerState>;
  /** Process of the host; absent while none answers. */
  readonly hostPid: number | undefined;
  /**
   * One vector per text, of length 1, or 0 for a blank text. Rejects with the signal's reason when aborted, with
   * `ModelUnavailable` when the model ended meanwhile: it is started again, so try again.
   */
  embed(texts: readonly string[], role: EmbedRequest['role'], signal: AbortSignal): Promise<readonly Float32Array[]>;
  /** Starts the model again at full size, also after too many crashes. Rejects with a `ProblemError`. */
  restart(): Promise<void>;
}

/** Loads the model once, to learn what its vectors are like. Rejects with a `ProblemError` or the abort. */
export async function createModelEmbedder(options: ModelEmbedderOptions, signal: AbortSignal): Promise<ModelEmbedder> {
  const { file, prompts, runner } = options;
  const model = new OnDemandModel({ ...options, runner: { ...runner, purpose: 'embed', fimFormats: [] } });
  try {
    const version = await versionOf(file.path);
    const [loaded, fingerprint] = await Promise.all([model.load(signal), modelFingerprint(file.path)]);
    const { dimensions = 0, contextSize } = loaded;
    const made = JSON.stringify([scheme, fingerprint, prompts.question, prompts.passage, contextSize]);
    const id = `gguf-${createHash('sha256').update(made).digest('hex').slice(0, 16)}`;
    return embedderOf({ model, options, version, id, dimensions });
  } catch (cause) {
    await model[Symbol.asyncDispose]();
    throw cause;
  }
}

function embedderOf(parts: {
  readonly model: OnDemandModel;
  readonly options: ModelEmbedderOptions;
  readonly version: string;
  readonly id: string;
  readonly dimensions: number;
}): ModelEmbedder {
  const { model, version, id, dimensions } = parts;
  const { file, prompts } = parts.options;
  return {
    id,
    name: file.name,
    dimensions,
    onState: model.onState,
    get state() {
      return model.state;
    },
    get hostPid() {
      return model.hostPid;
    },
    async embed(texts, role, aborted) {
      const prompt = role === 'question' ? prompts.question : prompts.passage;
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += textsPerRequest) {
        // A blank text stays blank: a prompt with nothing behind it means nothing.
        const batch = texts.slice(at, at + textsPerRequest).map((text) => (text.trim() === '' ? '' : prompt + text));
        // The model may have been let go and loaded anew since the id was made.
        if ((await versionOf(file.path)) !== version) throw new ModelUnavailable('The model file has changed.');
        vectors.push(...(await model.run((host) => host.embed({ texts: batch, role }, aborted), aborted)));
      }
      return vectors;
    },
    restart: () => model.restart(),
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}

/** Tells whether a file was replaced, without reading it. */
async function versionOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} ${mtimeMs}`;
}
