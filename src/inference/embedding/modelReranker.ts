import { OnDemandModel, type OnDemandOptions } from './onDemandModel.ts';

/** Scores passages against a question by a GGUF model in a model host of its own, which is loaded at the first question. */
export interface ModelReranker extends AsyncDisposable {
  readonly name: string;
  /** One score from 0 to 1 per passage. Rejects as `ModelEmbedder.embed` does. */
  rank(question: string, passages: readonly string[], signal: AbortSignal): Promise<readonly number[]>;
}

export function createModelReranker(options: OnDemandOptions): ModelReranker {
  const model = new OnDemandModel({ ...options, runner: { ...options.runner, purpose: 'rank', fimFormats: [] } });
  return {
    name: options.file.name,
    rank: (question, passages, signal) => model.run((host) => host.rank({ question, passages }, signal), signal),
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}
