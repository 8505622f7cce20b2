import { resolve } from 'node:path';
import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import { errorText } from '../../base/logger.ts';
import { AdapterUnavailable } from '../generate.ts';
import { type AdaptedModel, checkAdapter } from './adapterFile.ts';
import { type ContextKind, NoMemoryForContext } from './contexts.ts';
import type { ModelContext } from './evaluation.ts';
import type { ContextPlan, Room } from './plan.ts';
import { SequencePool } from './sequencePool.ts';

export interface ContextOpenerParts {
  readonly model: LlamaModel;
  /** What to open for a room; where memory is short, one after the other. */
  readonly plans: Readonly<Record<Room, readonly [ContextPlan, ...ContextPlan[]]>>;
  readonly create: (plan: ContextPlan, kind: ContextKind) => Promise<LlamaContext>;
  readonly isOutOfMemory: (cause: unknown) => boolean;
}

/** Opens contexts, and frees an adapter with the last context that uses it. */
export class ContextOpener {
  readonly #parts: ContextOpenerParts;
  readonly #adapted: AdaptedModel;
  /** How many contexts use the adapter at a path. */
  readonly #uses = new Map<string, number>();

  constructor(parts: ContextOpenerParts) {
    const { architecture, fileInfo } = parts.model;
    this.#parts = parts;
    const tensors = fileInfo.fullTensorInfo ?? [];
    this.#adapted = {
      architecture,
      shapes: new Map(tensors.map(({ name, dimensions }) => [name, dimensions.map(Number)])),
    };
  }

  /** Rejects with `AdapterUnavailable`, without adapters with `NoMemoryForContext`. */
  async open(kind: ContextKind): Promise<ModelContext> {
    const paths = kind.adapters.map(({ path }) => resolve(path));
    for (const path of paths) await checkAdapter(path, this.#adapted);
    for (const path of paths) this.#uses.set(path, (this.#uses.get(path) ?? 0) + 1);
    try {
      const context = await this.#create(kind);
      return {
        ...modelContext(context),
        [Symbol.asyncDispose]: async () => {
          await context.dispose();
          await this.#letGo(paths);
        },
      };
    } catch (cause) {
      await this.#letGo(paths);
      throw this.#faultOf(cause, paths);
    }
  }

  async #create(kind: ContextKind): Promise<LlamaContext> {
    const plans = this.#parts.plans[kind.room];
    for (const plan of plans.slice(0, -1))
      try {
        return await this.#parts.create(plan, kind);
      } catch (cause) {
        if (!this.#parts.isOutOfMemory(cause)) throw cause;
      }
    return this.#parts.create(plans.at(-1) ?? plans[0], kind);
  }

  #faultOf(cause: unknown, paths: readonly string[]): unknown {
    const isOutOfMemory = this.#parts.isOutOfMemory(cause);
    const reason = errorText(cause);
    const path = paths.find((each) => reason.includes(each)) ?? paths[0];
    if (path !== undefined) return new AdapterUnavailable(isOutOfMemory ? 'outOfMemory' : 'unusable', path, reason);
    return isOutOfMemory ? new NoMemoryForContext(reason) : cause;
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
