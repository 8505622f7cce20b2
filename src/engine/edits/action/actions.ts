import { errorText, type Logger } from '../../../base/logger.ts';
import type { RoleMessage } from '../../../chat/promptPart.ts';
import type { Act, ActProgress, ActResult, RepairAct } from '../../../protocol/editMessages.ts';
import { type Problem, ProblemError } from '../../../protocol/problems.ts';
import type { ChatModel, CurrentChatModel } from '../../chat/chatModel.ts';
import type { KeptPlans } from '../keptPlans.ts';
import { planView } from '../planView.ts';
import { type ActionPrompt, actionPrompt, type ActionRoom } from './actionPrompt.ts';
import { proseOf } from './prose.ts';
import { repairMessages, whyUnfixed } from './repairPrompt.ts';
import { type Situation, type SituationSources, situationOf } from './situation.ts';
import { type Attempt, writeEdit } from './writeEdit.ts';

export interface ActionsOptions extends SituationSources {
  readonly model: CurrentChatModel;
  /** Why there is none. */
  readonly whyNoModel: () => Problem | undefined;
  readonly plans: KeptPlans;
  readonly log: Logger;
}

type OnProgress = (progress: ActProgress) => void;

/** What a repair goes on from. */
interface LastAction {
  readonly act: Act;
  readonly prompt: ActionPrompt;
  readonly situation: Situation;
  readonly messages: readonly RoleMessage[];
  readonly answer: string;
}

/** Lets a model write changes: one at a time, the newest wins. Writes no file. */
export class Actions {
  readonly #options: ActionsOptions;
  #running = new AbortController();
  #last: LastAction | undefined;

  constructor(options: ActionsOptions) {
    this.#options = options;
  }

  act(act: Act, onProgress: OnProgress, signal: AbortSignal): Promise<ActResult> {
    return this.#run(signal, async (model, running) => {
      onProgress({ action: act.action, stage: 'gathering', characters: 0 });
      const situation = await situationOf(act, this.#options, model.kind === 'server', running);
      const prompt = actionPrompt(situation, roomOf(model));
      if (prompt === undefined)
        throw new ProblemError({ code: 'edits.tooLong', path: situation.path, model: model.name });
      const request = { situation, prompt, messages: prompt.messages };
      const attempt = await writeEdit(
        { ...this.#options, model, mayRepair: true },
        request,
        told(act, onProgress),
        running,
      );
      this.#last = { act, prompt, situation, messages: attempt.messages, answer: attempt.answer };
      return this.#resultOf(attempt, model);
    });
  }

  repair({ action, problems, isBroken }: RepairAct, onProgress: OnProgress, signal: AbortSignal): Promise<ActResult> {
    return this.#run(signal, async (model, running) => {
      const last = this.#last;
      if (last?.act.action !== action) throw new ProblemError({ code: 'edits.gone' });
      const situation = await situationOf(last.act, this.#options, model.kind === 'server', running);
      const complaint = whyUnfixed(situation, problems, isBroken);
      const messages = repairMessages(last.messages, last.answer, complaint);
      const request = { situation, prompt: last.prompt, messages };
      const attempt = await writeEdit(
        { ...this.#options, model, mayRepair: false },
        request,
        told(last.act, onProgress),
        running,
      );
      return this.#resultOf(attempt, model);
    });
  }

  [Symbol.dispose](): void {
    this.#running.abort();
  }

  async #run(
    signal: AbortSignal,
    work: (model: ChatModel, signal: AbortSignal) => Promise<ActResult>,
  ): Promise<ActResult> {
    this.#running.abort();
    this.#running = new AbortController();
    const running = AbortSignal.any([signal, this.#running.signal]);
    const model = this.#options.model();
    if (model === undefined) return { ok: false, problem: this.#options.whyNoModel() ?? { code: 'edits.noModel' } };
    try {
      return await work(model, running);
    } catch (cause) {
      if (running.aborted) throw cause;
      if (cause instanceof ProblemError) return { ok: false, problem: cause.problem };
      this.#options.log.error(`A change could not be written: ${errorText(cause)}`);
      throw cause;
    }
  }

  async #resultOf({ planned, answer, isRepaired }: Attempt, model: ChatModel): Promise<ActResult> {
    const { plan, proposals } = planned;
    if (proposals.length === 0 || (plan.isComplete && plan.files.length === 0))
      return { ok: false, problem: { code: 'edits.nothing', model: model.name } };
    const { plans, sources } = this.#options;
    const kept = plans.keep(plan, model.name);
    const view = await planView(kept.id, plan, proposals, sources.syntax);
    return { ok: true, plan: view, model: model.name, said: proseOf(answer), isRepaired };
  }
}

function roomOf(model: ChatModel): ActionRoom {
  const { contextSize, perMessage } = model;
  return { contextSize, perMessage, count: (text) => model.estimate(text) };
}

function told({ action }: Act, onProgress: OnProgress): (progress: Omit<ActProgress, 'action'>) => void {
  return (progress) => onProgress({ action, ...progress });
}
