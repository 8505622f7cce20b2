import { NotificationType0, ProgressType, RequestType, RequestType0 } from 'vscode-jsonrpc/node';
import type { PackedVectors } from '../../base/packedVectors.ts';
import type { EmbedRequest, RankRequest } from '../embed.ts';
import type {
  AdapterFault,
  GenerateChunk,
  GenerateRequest,
  GenerateStats,
  LoadedModel,
  PromptPart,
} from '../generate.ts';
import type { EncodedSample, EncodeRequest, ScoreRequest, ScoreResult } from '../score.ts';

/** Part of a host's identity: clients of another version never meet this host. */
export const protocolVersion = 4;

/** What a host loads its model for; one host does one thing. */
export type Purpose = 'generate' | 'embed' | 'rank';

/** The only argument of the model host's process, as JSON. The key is not in it: command lines can be seen by others. */
export interface HostConfig {
  readonly modelPath: string;
  readonly purpose: Purpose;
  readonly gpu: 'auto' | 'off';
  /** 0 lets the host choose. */
  readonly threads: number;
  /** See `plan.ts`. */
  readonly level: number;
  /** The private socket or named pipe to listen on. */
  readonly endpoint: string;
  readonly lockPath: string;
  readonly keyPath: string;
  /** How long to stay after the last client has left. */
  readonly lingerMs: number;
}

/** What the host knows about its model; the client adds its id and name. */
export type HostModel = Omit<LoadedModel, 'id' | 'name' | 'fimFormat' | 'fimEnd'>;

export type LoadResult =
  | { readonly ok: true; readonly pid: number; readonly model: HostModel }
  | { readonly ok: false; readonly failure: LoadFailure };

export type LoadFailure =
  | { readonly kind: 'outOfMemory'; readonly needBytes: number; readonly freeBytes: number }
  | { readonly kind: 'unsupported' | 'failed'; readonly reason: string };

/** A format of FIM prompts fits a model when every marker is ONE token of its vocabulary. */
export interface FimMarkers {
  readonly name: string;
  readonly markers: readonly string[];
  /** What ends a middle. A vocabulary without it has no end, and still fits. */
  readonly end?: string;
}

/** A format that fits, with its end if that is one token, too. */
export type FittingFormat = Pick<FimMarkers, 'name' | 'end'>;

export interface HostInfo {
  readonly pid: number;
  readonly level: number;
  readonly clients: number;
  /** Resident memory of the host's process. */
  readonly residentBytes: number;
}

export interface GenerateCall {
  readonly request: GenerateRequest;
  /** Chunks come as progress under this token, all of them before the response. */
  readonly chunks: number;
}

/** Code of the error that an `AdapterUnavailable` becomes on its way; the data below come with it. */
export const adapterFaultCode = 1;

export interface AdapterFaultData {
  readonly fault: AdapterFault;
  readonly path: string;
  readonly reason: string;
}

/** Code of the error that a `PromptTooLong` becomes. */
export const promptTooLongCode = 2;

export interface PromptTooLongData {
  readonly promptTokens: number;
  readonly contextSize: number;
}

/** Messages from client to host, after the key (see `handshake.ts`). */
export const HostMessage = {
  /** Answers when loading has ended, either way. */
  load: new RequestType0<LoadResult, void>('load'),
  /** Those of the given formats that fit the model, in their order. */
  fittingFormats: new RequestType<readonly FimMarkers[], readonly FittingFormat[], void>('fittingFormats'),
  /**
   * Fails with `adapterFaultCode` when an adapter of the request cannot be used, as does `score`; with
   * `promptTooLongCode` when its prompt does not fit.
   */
  generate: new RequestType<GenerateCall, GenerateStats, AdapterFaultData | PromptTooLongData>('generate'),
  /** Stops between two slices when cancelled. */
  score: new RequestType<ScoreRequest, ScoreResult, AdapterFaultData>('score'),
  /** How many tokens each prompt has. Stops between two prompts when cancelled. */
  countTokens: new RequestType<readonly (readonly PromptPart[])[], readonly number[], void>('countTokens'),
  /** Stops between two samples when cancelled. */
  encode: new RequestType<EncodeRequest, readonly EncodedSample[], void>('encode'),
  /** One vector per text, of length 1, or 0 for a blank text. Stops between two texts when cancelled. */
  embed: new RequestType<EmbedRequest, PackedVectors, void>('embed'),
  /** One score per passage: how likely it answers the question, from 0 to 1. Stops between two passages when cancelled. */
  rank: new RequestType<RankRequest, readonly number[], void>('rank'),
  info: new RequestType0<HostInfo, void>('info'),
  /** The client has no more use for this model: if nobody else has, the host need not linger. */
  leave: new NotificationType0('leave'),
} as const;

export const chunkProgress = new ProgressType<GenerateChunk>();
