import type { Problem } from './problems.ts';

/**
 * The wire between an LSP client and the engine, beside LSP 3.18 itself. One entry per message: who sends it, and why.
 * A client that knows none of them still gets `textDocument/inlineCompletion`.
 */
export const Message = {
  /** Notification, engine -> client, at every change: what the status bar shows. Params: `EngineStatus`. */
  status: 'hearth/status',
  /** Notification, engine -> client: something the user should hear of once. Params: `Problem`. */
  problem: 'hearth/problem',
  /** Request, client -> engine: what can be picked. Params: `ListModels`, or none; result: `ModelList`. */
  models: 'hearth/models',
  /** Request, client -> engine: use this model from now on. Params: `SelectModel`; result: `SelectModelResult`. */
  selectModel: 'hearth/selectModel',
  /**
   * Request, client -> engine, only after the user said yes to host, size and licence. Cancel it to stop; what has
   * arrived is kept and a later request goes on from there. Params: `DownloadModel`; result: `DownloadModelResult`.
   */
  downloadModel: 'hearth/downloadModel',
  /** Notification, engine -> client, about four times a second during a download. Params: `DownloadProgress`. */
  downloadProgress: 'hearth/downloadProgress',
  /** Request, client -> engine: acceptance, kept characters and latency per model. Result: `Statistics`. */
  statistics: 'hearth/statistics',
  /** Request, client -> engine: delete every recorded event, now. No params, no result. */
  deleteEvents: 'hearth/deleteEvents',
  /**
   * Notification, client -> engine, once the cursor rests somewhere new: the engine reads the place into the model's
   * cache, so that the first keystroke there is quick. Params: `CursorMoved`.
   */
  cursorMoved: 'hearth/cursorMoved',
  /** Request, client -> engine: start the model process again after it gave up. No params, no result. */
  restartModel: 'hearth/restartModel',
  /** Notification, engine -> client, at every change, at most four times a second: the workspace index. Params: `IndexStatus`. */
  indexStatus: 'hearth/indexStatus',
  /**
   * Request, client -> engine: search the workspace by meaning, words and names. Answers from what is indexed so far.
   * Params: `SearchParams`; result: `SearchResult`. Types in `indexMessages.ts`.
   */
  search: 'hearth/search',
  /** Request, client -> engine: pause, resume, rebuild, delete, forget a folder. Params: `ControlIndex`; no result. */
  controlIndex: 'hearth/controlIndex',
  /** Request, client -> engine: which snippets the last completion was given, and why. Result: `LastContext`. */
  lastContext: 'hearth/lastContext',
  /** Notification, engine -> client: what is being learned. Params: `PersonalStatus`. Types of these in `personalMessages.ts`. */
  personalStatus: 'hearth/personalStatus',
  /** Request, client -> engine: everything the "Personal style" view shows but the examples. Result: `PersonalOverview`. */
  personal: 'hearth/personal',
  /** Request, client -> engine: a page of examples. Params: `ExampleQuery`; result: `ExamplePage`. */
  personalExamples: 'hearth/personalExamples',
  /** Request, client -> engine: exclude, include, delete. Params: `ChangeExamples`; no result. */
  changeExamples: 'hearth/changeExamples',
  /** Request, client -> engine: what is not learned from. Params: `LearningRuleSet`; no result. */
  setLearningRules: 'hearth/setLearningRules',
  /** Request, client -> engine: how long a training would take. Params: `TrainingWish`; result: `TrainingEstimate`. */
  estimateTraining: 'hearth/estimateTraining',
  /** Request, client -> engine: begin to train. Params: `TrainingWish`; result: `TrainResult`. */
  train: 'hearth/train',
  /** Request, client -> engine: pause, resume, cancel. Params: `ControlTraining`; no result. */
  controlTraining: 'hearth/controlTraining',
  /** Request, client -> engine: use, scale, stop using, go back, remove, rename. Params: `UseAdapter`; result: `TrainResult`. */
  useAdapter: 'hearth/useAdapter',
  /** Request, client -> engine: one place, without and with the adapters. Params: `ComparePlace`; result: `ComparedCompletions`. */
  compareAdapter: 'hearth/compareAdapter',
  /** Request, client -> engine, after the user chose where. Params: `ExportAdapter`; result: `ExportResult`. */
  exportAdapter: 'hearth/exportAdapter',
  /** Request, client -> engine, after the user chose what. Params: `ImportAdapter`; result: `TrainResult`. */
  importAdapter: 'hearth/importAdapter',
  /** Request, client -> engine: correct the style profile. Params: `EditStyle`; no result. */
  editStyle: 'hearth/editStyle',
  /** Request, client -> engine, after the user said yes: delete all that was learned. No params, no result. */
  forgetPersonal: 'hearth/forgetPersonal',
} as const;

/** Command (LSP `workspace/executeCommand`) that the editor runs when a whole completion was accepted. Argument: its id. */
export const acceptedCommand = 'hearth.completionAccepted';

/** What the client tells the engine at start (`initializationOptions`), and may leave out. */
export interface InitializationOptions {
  /** The raw value of the `hearth` section; parsed by `parseSettings`. */
  readonly settings?: unknown;
  /** What the engine says in whole sentences, by its English text; what is missing is said in English. */
  readonly translations?: unknown;
}

export type EngineState = 'loading' | 'ready' | 'thinking' | 'off' | 'error';

export interface EngineStatus {
  readonly state: EngineState;
  /** The model in use; absent until one is loaded. */
  readonly model?: ModelStatus;
  /** Why the state is `error`. */
  readonly problem?: Problem;
  /** The server that answers in the chat; absent unless the user entered one. */
  readonly server?: ServerStatus;
}

export interface ServerStatus {
  /** Host and port. */
  readonly host: string;
  /** Absent until it was reached. */
  readonly model?: string;
  /** Why it could not be asked, the last time it was. */
  readonly problem?: Problem;
}

export interface ModelStatus {
  readonly id: string;
  readonly name: string;
  /** Measured while decoding, the mean of the last completions; absent before the first. */
  readonly tokensPerSecond?: number;
  /** Median time the model took for one of the last 50 completions, in ms; absent before the first. */
  readonly latencyMs?: number;
  /** `cpu`, or the GPU backend and how many layers lie on it, e.g. `vulkan 24/28`. */
  readonly device: string;
}

export interface ModelChoice {
  readonly id: string;
  readonly name: string;
  /** SPDX id or a short name; `restricted` says that it forbids some uses. */
  readonly licence: string;
  readonly restricted: boolean;
  readonly downloadBytes: number;
  /** Memory the model needs while it runs, context included. */
  readonly memoryBytes: number;
  readonly state: 'embedded' | 'downloaded' | 'partial' | 'available';
  /** The host that a download would contact; absent for what is already here. */
  readonly host?: string;
  /** Whether this machine can run it well, by memory and speed. */
  readonly fit: 'recommended' | 'good' | 'slow' | 'tooLarge';
}

export interface HardwareReport {
  readonly memoryBytes: number;
  readonly freeMemoryBytes: number;
  readonly physicalCores: number;
  /** Absent without a usable GPU. */
  readonly gpu?: { readonly name: string; readonly backend: string; readonly memoryBytes: number };
}

/** Models that search are not selected but set (`hearth.embedder`) or, as rerankers, used when they are here. */
export interface ListModels {
  /** Absent: those that complete code. `chat`: those that answer questions as well. */
  readonly use?: 'chat' | 'embedding' | 'rerank';
}

export interface ModelList {
  readonly choices: readonly ModelChoice[];
  readonly selectedId: string;
  readonly hardware: HardwareReport;
}

/** LSP position, in UTF-16 code units. */
export interface CursorMoved {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** A catalogue id, or the absolute path of a GGUF file. */
export interface SelectModel {
  readonly idOrPath: string;
}

/** On a problem, the model that was in use stays in use. */
export type SelectModelResult = { readonly ok: true } | { readonly ok: false; readonly problem: Problem };

export interface DownloadModel {
  readonly id: string;
}

export type DownloadModelResult = SelectModelResult;

export interface DownloadProgress {
  readonly id: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
}

export interface ModelStatistics {
  readonly model: string;
  readonly shown: number;
  readonly acceptedWhole: number;
  readonly acceptedPart: number;
  readonly rejected: number;
  /** Characters inserted by accepting, and how many of them were still there at the last look (15, 60 or 300 s). */
  readonly acceptedCharacters: number;
  readonly keptCharacters: number;
  /** From keystroke to completion, in ms. */
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number };
}

export interface Statistics {
  /** Days since the first recorded event. */
  readonly days: number;
  readonly models: readonly ModelStatistics[];
  /** Why there is nothing: recording is off, or the store cannot be opened. */
  readonly problem?: Problem;
}
