import type { ModelUse } from './modelUse.ts';

/** A model that Hearth knows by name and can download, checked against its hash. */
export interface CatalogueModel {
  readonly id: string;
  readonly name: string;
  readonly use: ModelUse;
  /** Parameters, in billions. */
  readonly parametersB: number;
  readonly quantisation: string;
  /** SPDX id or a short name; `restricted` says that it forbids some uses, so that it is never recommended. */
  readonly licence: string;
  readonly restricted: boolean;
  readonly downloadBytes: number;
  /** False where no source gave the exact number of bytes: then `downloadBytes` is within 2 %. */
  readonly exactSize: boolean;
  /** Memory while it runs with a context of 4096 tokens: weights, keys and values, buffers. */
  readonly memoryBytes: number;
  /** Absent for the model that comes with the extension. */
  readonly url?: string;
  readonly sha256: string;
  /** A name in `completion/fimFormats.ts`; absent for models that are not asked to fill in. */
  readonly fimFormat?: string;
  /** False: its file has a chat template, but it makes no sense when it is asked something. */
  readonly chats?: false;
  /** Tokens the model was trained to see at once. */
  readonly contextTokens: number;
}

export type DownloadableModel = CatalogueModel & { readonly url: string };

/** `kvBytesPerToken`: 2 (keys, values) x 2 bytes (f16) x layers x key-value heads x head size; 0 for encoders, which keep none. */
export type CatalogueRow = Omit<CatalogueModel, 'memoryBytes'> & { readonly kvBytesPerToken: number };

export const hub = 'https://huggingface.co';
