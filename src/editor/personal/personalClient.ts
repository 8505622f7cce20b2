import { type Disposable, type Event, EventEmitter } from 'vscode';
import { Message } from '../../protocol/messages.ts';
import type {
  ChangeExamples,
  ComparedCompletions,
  ComparePlace,
  ControlTraining,
  EditStyle,
  ExamplePage,
  ExampleQuery,
  ExportAdapter,
  ExportResult,
  ImportAdapter,
  LearningRuleSet,
  PersonalOverview,
  PersonalStatus,
  TrainingEstimate,
  TrainingWish,
  TrainResult,
  UseAdapter,
} from '../../protocol/personalMessages.ts';
import type { EngineRequest } from '../indexClient.ts';

/** What was learned from the user, as the rest of the editor side sees it: what it is asked, and how it is doing. */
export class PersonalClient implements Disposable {
  readonly #request: EngineRequest;
  readonly #statusChanged = new EventEmitter<PersonalStatus | undefined>();
  readonly #changed = new EventEmitter<void>();
  #status: PersonalStatus | undefined;

  constructor(request: EngineRequest) {
    this.#request = request;
  }

  readonly onStatus: Event<PersonalStatus | undefined> = this.#statusChanged.event;
  /** Something that the overview shows was changed from here. */
  readonly onChange: Event<void> = this.#changed.event;

  /** Undefined until the engine has said it. */
  get status(): PersonalStatus | undefined {
    return this.#status;
  }

  overview(): Promise<PersonalOverview> {
    return this.#request(Message.personal);
  }

  examples(query: ExampleQuery): Promise<ExamplePage> {
    return this.#request(Message.personalExamples, query);
  }

  changeExamples(change: ChangeExamples): Promise<void> {
    return this.#request(Message.changeExamples, change);
  }

  setLearningRules(rules: LearningRuleSet): Promise<void> {
    return this.#request(Message.setLearningRules, rules);
  }

  estimate(wish: TrainingWish): Promise<TrainingEstimate> {
    return this.#request(Message.estimateTraining, wish);
  }

  /** Resolves once it has begun. */
  train(wish: TrainingWish): Promise<TrainResult> {
    return this.#request(Message.train, wish);
  }

  control(order: ControlTraining['order']): Promise<void> {
    const params: ControlTraining = { order };
    return this.#request(Message.controlTraining, params);
  }

  use(order: UseAdapter): Promise<TrainResult> {
    return this.#change(Message.useAdapter, order);
  }

  compare(place: ComparePlace): Promise<ComparedCompletions> {
    return this.#request(Message.compareAdapter, place);
  }

  exportAdapter(params: ExportAdapter): Promise<ExportResult> {
    return this.#request(Message.exportAdapter, params);
  }

  importAdapter(params: ImportAdapter): Promise<TrainResult> {
    return this.#change(Message.importAdapter, params);
  }

  editStyle(edit: EditStyle): Promise<void> {
    return this.#request(Message.editStyle, edit);
  }

  /** Resolves when everything that was learned is gone. */
  forget(): Promise<void> {
    return this.#change(Message.forgetPersonal);
  }

  /** What the engine says; undefined: it was started or is gone, and what it said before counts no more. */
  receive(status: PersonalStatus | undefined): void {
    this.#status = status;
    this.#statusChanged.fire(status);
  }

  dispose(): void {
    this.#statusChanged.dispose();
    this.#changed.dispose();
  }

  async #change<Result>(method: string, params?: object): Promise<Result> {
    const result = await this.#request<Result>(method, params);
    this.#changed.fire();
    return result;
  }
}
