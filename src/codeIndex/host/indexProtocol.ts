import { NotificationType, NotificationType0, RequestType } from 'vscode-jsonrpc/node';
import type { IndexStatus } from '../../protocol/indexMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import type { Hit, SearchRequest } from '../search/hit.ts';
import type { EmbedRole } from '../embedder/embedder.ts';

/** The only argument of the index host's process, as JSON: where everything lies. */
export interface IndexHostPaths {
  /** Holds one folder per indexed workspace folder. */
  readonly indexFolder: string;
  readonly grammarFolder: string;
  /** The static embedder's table. */
  readonly embedderPath: string;
  /** `fileWorker.ts` or `dist/fileWorker.js`. */
  readonly workerPath: string;
}

/** All that the engine wants, said anew at every change and after every start of the host. */
export interface IndexWishes {
  /** Absolute paths; a folder that does not exist is passed over. */
  readonly folders: readonly string[];
  readonly paused: boolean;
  readonly embedder: EmbedderChoice;
  /** Whether `IndexMessage.rerank` is answered. */
  readonly reranks: boolean;
  /** `s3://bucket/prefix` or a folder; '' when there is none. */
  readonly teamIndex: string;
}

/** A model's vectors come from the engine, see `IndexMessage.embed`. */
export type EmbedderChoice =
  | { readonly kind: 'static' }
  | { readonly kind: 'model'; readonly id: string; readonly name: string; readonly dimensions: number };

export interface SearchAnswer {
  /** Best first. */
  readonly hits: readonly Hit[];
  /** False while a first pass is not done: there may be more to find. */
  readonly complete: boolean;
}

/** `forget` and `delete` last until `rebuild`; `delete` means every folder that was ever indexed. */
export type IndexOrder =
  | { readonly action: 'rebuild' | 'delete' }
  | { readonly action: 'forget'; readonly folder: string };

export interface EmbedCall {
  /** Id of the model the vectors have to be from. */
  readonly id: string;
  readonly texts: readonly string[];
  readonly role: EmbedRole;
}

export interface RerankCall {
  readonly question: string;
  readonly passages: readonly string[];
}

/** Typed arrays cross as they are: both ends use structured clone. */
export const IndexMessage = {
  /** Engine to host. */
  wishes: new NotificationType<IndexWishes>('wishes'),
  /** Engine to host: these files or folders (absolute paths) were made, changed or deleted. */
  changed: new NotificationType<readonly string[]>('changed'),
  /** Engine to host: someone is typing just now, and the machine is theirs. */
  activity: new NotificationType0('activity'),
  /** Engine to host. */
  search: new RequestType<SearchRequest, SearchAnswer, void>('search'),
  /** Engine to host; answers when it is done. */
  order: new RequestType<IndexOrder, null, void>('order'),
  /** Host to engine, at every change. */
  status: new NotificationType<IndexStatus>('status'),
  /** Host to engine. */
  problem: new NotificationType<Problem>('problem'),
  /** Host to engine, a line for the log; never code. */
  log: new NotificationType<IndexLogLine>('log'),
  /** Host to engine: vectors of the embedding model, one per text. Fails while the model is not there. */
  embed: new RequestType<EmbedCall, readonly Float32Array[], void>('embed'),
  /** Host to engine: how well each passage answers, higher is better. */
  rerank: new RequestType<RerankCall, readonly number[], void>('rerank'),
} as const;

export interface IndexLogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}
