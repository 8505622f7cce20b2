import { randomBytes } from 'node:crypto';
import type { EditPlan } from '../../edits/plan/editPlan.ts';

export interface KeptPlan {
  readonly id: string;
  readonly plan: EditPlan;
  /** Who wrote it; undefined for one that leads back. */
  readonly model?: string;
}

/** Whoever looks at more previews than these asks again. They hold whole files. */
const maxPlans = 20;

/** Plans that a client was shown and may carry out. */
export class KeptPlans {
  readonly #plans = new Map<string, KeptPlan>();

  keep(plan: EditPlan, model?: string): KeptPlan {
    const kept: KeptPlan = { id: randomBytes(8).toString('hex'), plan, ...(model !== undefined && { model }) };
    this.#plans.set(kept.id, kept);
    for (const id of this.#plans.keys()) {
      if (this.#plans.size <= maxPlans) break;
      this.#plans.delete(id);
    }
    return kept;
  }

  get(id: string): KeptPlan | undefined {
    return this.#plans.get(id);
  }
}
