import { fieldOf, listOf, numberOf, textOf } from './json.ts';
import { type ServerKind, serverKinds, unknownKind } from './serverKinds.ts';

/** An entry of a server's list of models. */
export interface ListedModel {
  readonly id: string;
  readonly aliases: readonly string[];
  /** Tokens that a prompt and its answer may have together, where the list says so. */
  readonly contextSize?: number;
}

export interface ModelList {
  readonly kind: ServerKind;
  readonly models: readonly ListedModel[];
}

/** Reads the answer to `/v1/models`; undefined when it is none. */
export function readModelList(answer: unknown): ModelList | undefined {
  const entries = fieldOf(answer, 'data');
  if (!Array.isArray(entries)) return undefined;
  const owners = entries.map((entry) => fieldOf(entry, 'owned_by'));
  return {
    kind: serverKinds.find(({ ownedBy }) => owners.includes(ownedBy)) ?? unknownKind,
    models: entries.flatMap(listedModel),
  };
}

function listedModel(entry: unknown): ListedModel[] {
  const id = textOf(fieldOf(entry, 'id'));
  if (id === undefined || id === '') return [];
  // llama-server has what each request may have in `meta`; vLLM and SGLang have `max_model_len`.
  const contextSize = numberOf(fieldOf(entry, 'meta', 'n_ctx')) ?? numberOf(fieldOf(entry, 'max_model_len'));
  const aliases = listOf(fieldOf(entry, 'aliases')).flatMap((alias) => textOf(alias) ?? []);
  return [{ id, aliases, ...(contextSize === undefined ? {} : { contextSize }) }];
}

/** The model that was wanted; the first where none is. Undefined when the server has no such model. */
export function chosenModel(models: readonly ListedModel[], wanted: string): ListedModel | undefined {
  return wanted === '' ? models[0] : models.find(({ id, aliases }) => id === wanted || aliases.includes(wanted));
}
