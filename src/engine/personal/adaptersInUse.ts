import { errorText, type Logger } from '../../base/logger.ts';
import { type AdapterUse, AdapterUnavailable, type Generate } from '../../inference/generate.ts';
import type { AdapterStore } from '../../personalize/adapters/adapterStore.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';

export interface AdaptersInUseOptions {
  readonly store: AdapterStore;
  /** SHA-256 of the model that runs; undefined while none does. */
  readonly baseSha256: () => Promise<string | undefined>;
  /** The open workspace folder; `''` when there is none. */
  readonly workspaceFolder: () => string;
  /** Whatever was written with another stack is to be forgotten. */
  readonly onChange: () => void;
  readonly onProblem: (problem: Problem) => void;
  readonly log: Logger;
}

/** How soon another window's choice is noticed. */
const lookAgainMs = 2_000;

/** Which adapters completions are written with: the choice of the user, for the model and the workspace of this moment. */
export class AdaptersInUse {
  readonly #options: AdaptersInUseOptions;
  #stack: readonly AdapterUse[] = [];
  #lookedMs = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  /** Paths that the model host could not use: left out until the choice changes. */
  readonly #unusable = new Set<string>();
  readonly #told = new Set<string>();

  constructor(options: AdaptersInUseOptions) {
    this.#options = options;
  }

  /** What was in use when it was last looked at; looks again in the background. */
  get now(): readonly AdapterUse[] {
    if (performance.now() - this.#lookedMs > lookAgainMs) void this.refresh();
    return this.#stack;
  }

  /** Looks now: the model, the folder or the choice has changed. */
  refresh(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** Generates; without adapters, and having said so, where these cannot be used. */
  generate(generate: Generate): Generate {
    const withoutUnusable = this.#withoutUnusable.bind(this);
    return async function* (request, signal) {
      try {
        return yield* generate(request, signal);
      } catch (cause) {
        if (!(cause instanceof AdapterUnavailable)) throw cause;
        withoutUnusable(cause);
        return yield* generate({ ...request, adapters: [] }, signal);
      }
    };
  }

  #withoutUnusable({ path, reason }: AdapterUnavailable): void {
    this.#unusable.add(path);
    this.#options.log.warn(`An adapter cannot be used: ${reason}`);
    this.#tell({ code: 'adapter.damaged', path, reason });
    this.#use(this.#stack);
  }

  async #look(): Promise<void> {
    const { store, baseSha256, workspaceFolder, log } = this.#options;
    this.#lookedMs = performance.now();
    try {
      const base = await baseSha256();
      const { adapters, problems } =
        base === undefined ? { adapters: [], problems: [] } : await store.stackFor(base, workspaceFolder());
      for (const problem of problems) this.#tell(problem);
      this.#use(adapters);
    } catch (cause) {
      if (!(cause instanceof ProblemError)) log.warn(`The adapters in use could not be read: ${errorText(cause)}`);
    }
  }

  #use(stack: readonly AdapterUse[]): void {
    const usable = stack.filter(({ path }) => !this.#unusable.has(path));
    if (JSON.stringify(usable) === JSON.stringify(this.#stack)) return;
    this.#stack = usable;
    this.#options.onChange();
  }

  /** Each once: a lost adapter is lost at every look. */
  #tell(problem: Problem): void {
    const text = JSON.stringify(problem);
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#options.onProblem(problem);
  }
}
