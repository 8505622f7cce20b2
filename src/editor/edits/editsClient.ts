import { type CancellationToken, type Disposable, type Event, EventEmitter } from 'vscode';
import {
  type Act,
  type ActProgress,
  type ActResult,
  type AppliedEdits,
  type AppliedResult,
  type CanAct,
  type CheckEdits,
  type CheckedEdits,
  type CheckpointList,
  EditMessage,
  type EditPlanView,
  type PlanAnswer,
  type RepairAct,
  type RollBack,
  type RollBackPlan,
} from '../../protocol/editMessages.ts';
import type { EngineRequest } from '../indexClient.ts';

/** What the engine knows of edits, as the rest of the editor side asks it. */
export class EditsClient implements Disposable {
  readonly #request: EngineRequest;
  readonly #progressed = new EventEmitter<ActProgress>();

  constructor(request: EngineRequest) {
    this.#request = request;
  }

  readonly onProgress: Event<ActProgress> = this.#progressed.event;

  plan(asked: PlanAnswer): Promise<EditPlanView> {
    return this.#request(EditMessage.plan, asked);
  }

  /** Rejects when it is cancelled. */
  act(act: Act, token: CancellationToken): Promise<ActResult> {
    return this.#request(EditMessage.act, act, token);
  }

  repair(order: RepairAct, token: CancellationToken): Promise<ActResult> {
    return this.#request(EditMessage.repair, order, token);
  }

  canAct(): Promise<CanAct> {
    return this.#request(EditMessage.canAct);
  }

  check(edits: CheckEdits): Promise<CheckedEdits> {
    return this.#request(EditMessage.check, edits);
  }

  applied(edits: AppliedEdits): Promise<AppliedResult> {
    return this.#request(EditMessage.applied, edits);
  }

  checkpoints(): Promise<CheckpointList> {
    return this.#request(EditMessage.checkpoints);
  }

  rollBack(order: RollBack): Promise<RollBackPlan> {
    return this.#request(EditMessage.rollBack, order);
  }

  /** What the engine says. */
  receive(progress: ActProgress): void {
    this.#progressed.fire(progress);
  }

  dispose(): void {
    this.#progressed.dispose();
  }
}
