import { resolve } from 'node:path';
import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import { errorText } from '../../base/logger.ts';
import { AdapterUnavailable, type AdapterUse } from '../generate.ts';
import { type AdaptedModel, checkAdapter } from './adapterFile.ts';
import type { ModelContext } from './evaluation.ts';
import { SequencePool } from './sequencePool.ts';

export interface AdapterContextsParts {
  readonly model: LlamaModel;
  readonly create: (adapters: readonly AdapterUse[]) => Promise<LlamaContext>;
  readonly isOutOfMemory: (cause: unknown) => boolean;
}

/** Opens contexts with adapters in them, and frees an adapter with the last context that uses it. */
export class AdapterContexts {
  readonly #parts: AdapterContextsParts;
  readonly #adapted: AdaptedModel;
  /** How many contexts use the adapter at a path. */
  readonly #uses = new Map<string, number>();

  constructor(parts: AdapterContextsParts) {
    const { architecture, fileInfo } = parts.model;
    this.#parts = parts;
    const tensors = fileInfo.fullTensorInfo ?? [];
    this.#adapted = {
      architecture,
      shapes: new Map(tensors.map(({ name, dimensions }) => [name, dimensions.map(Number)])),
    };
  }

  /** Rejects with `AdapterUnavailable`. */
  async open(adapters: readonly AdapterUse[]): Promise<ModelContext> {
    const paths = adapters.map(({ path }) => resolve(path));
    for (const path of paths) await checkAdapter(path, this.#adapted);
    for (const path of paths) this.#uses.set(path, (this.#uses.get(path) ?? 0) + 1);
    try {
      const context = await this.#parts.create(adapters);
      return {
        ...modelContext(context),
        [Symbol.asyncDispose]: async () => {
          await context.dispose();
          await this.#letGo(paths);
        },
      };
    } catch (cause) {
      await this.#letGo(paths);
      const reason = errorText(cause);
      const path = paths.find((each) => reason.includes(each)) ?? paths[0] ?? '';
      throw new AdapterUnavailable(this.#parts.isOutOfMemory(cause) ? 'outOfMemory' : 'unusable', path, reason);
    }
  }

  async #letGo(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const uses = (this.#uses.get(path) ?? 0) - 1;
      this.#uses.set(path, uses);
      if (uses > 0) continue;
      this.#uses.delete(path);
      await freeAdapter(this.#parts.model, path);
    }
  }
}

/** The context as those who evaluate know it. */
export function modelContext(context: LlamaContext): ModelContext {
  return {
    sequences: new SequencePool(Array.from({ length: context.totalSequences }, () => context.getSequence())),
    [Symbol.asyncDispose]: () => context.dispose(),
  };
}

/**
 * node-llama-cpp keeps every adapter by its path until the model is disposed and has no way to free one; so this
 * reaches for what it keeps. Where that is gone, adapters merely stay in memory.
 */
async function freeAdapter(model: LlamaModel, path: string): Promise<void> {
  const kept: unknown = Reflect.get(model, '_loraAdapters');
  if (!(kept instanceof Map)) return;
  const adapter: { dispose(): Promise<void> } | undefined = kept.get(path);
  kept.delete(path);
  await adapter?.dispose();
}
