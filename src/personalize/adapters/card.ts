import type { AdapterBase } from './baseModel.ts';
import {
  choiceAt,
  countAt,
  type Fields,
  FieldFault,
  fieldsOf,
  hashAt,
  listAt,
  numberAt,
  shown,
  textAt,
} from './fields.ts';

/** What is known of an adapter beside its numbers: `card.json` next to `adapter.gguf`. */
export interface AdapterCard {
  readonly version: 1;
  /** Names its folder; no other adapter ever had it. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly kind: (typeof kinds)[number];
  /** The workspace folder that a project's adapter was trained for; absent for others. */
  readonly folder?: string;
  readonly base: AdapterBase;
  /** The largest of its modules. */
  readonly rank: number;
  readonly alpha: number;
  /** Which weights of the layers it changes, e.g. `attn_q`. */
  readonly modules: readonly string[];
  readonly createdMs: number;
  /** How many it was trained on; 0 when that is not known. */
  readonly examples: number;
  /** Hyperparameters, seed, seconds; null when it was imported. */
  readonly training: Facts | null;
  readonly proof: Proof | null;
  /** Of `adapter.gguf`. */
  readonly sha256: string;
  readonly bytes: number;
  readonly origin: (typeof origins)[number];
  /** What whoever gets it should know; goes into what is exported. */
  readonly notes: string;
}

/** What whoever makes an adapter says of it; the rest of the card follows from its numbers. */
export type AdapterFacts = Pick<AdapterCard, 'name' | 'kind' | 'folder' | 'examples' | 'training' | 'proof' | 'notes'>;

type Facts = Readonly<Record<string, string | number | boolean>>;

/** How it did against the bare model before it was used. */
interface Proof {
  readonly numbers: Readonly<Record<string, number>>;
  /** Side by side; the user's own code, so it is never exported. */
  readonly samples: readonly Facts[];
}

const kinds = ['personal', 'project', 'shared'] as const;
const origins = ['trained', 'imported'] as const;
const maxCount = 2 ** 31;

/** Holds every field of a `card.json` against what a card has. Throws `FieldFault`. */
export function parseCard(value: unknown): AdapterCard {
  const card = fieldsOf(value, 'the card');
  if (card['version'] !== 1) throw new FieldFault(`the card has the unknown version ${shown(card['version'])}`);
  const base = fieldsOf(card['base'], 'its base');
  return {
    version: 1,
    id: adapterIdAt(card, 'id'),
    name: textAt(card, 'name'),
    kind: choiceAt(card, 'kind', kinds),
    ...(card['folder'] !== undefined && { folder: textAt(card, 'folder') }),
    base: {
      sha256: hashAt(base, 'sha256'),
      name: textAt(base, 'name'),
      architecture: textAt(base, 'architecture'),
      heads: countAt(base, 'heads', 0, maxCount),
      kvHeads: countAt(base, 'kvHeads', 0, maxCount),
    },
    rank: countAt(card, 'rank', 1, maxCount),
    alpha: numberAt(card, 'alpha', Number.MIN_VALUE, Number.MAX_VALUE),
    modules: listAt(card, 'modules', (each) => String(each)),
    createdMs: countAt(card, 'createdMs', 0),
    examples: countAt(card, 'examples', 0),
    training: card['training'] === null ? null : factsOf(card['training'], 'its training'),
    proof: card['proof'] === null ? null : proofOf(fieldsOf(card['proof'], 'its proof')),
    sha256: hashAt(card, 'sha256'),
    bytes: countAt(card, 'bytes', 1),
    origin: choiceAt(card, 'origin', origins),
    notes: textAt(card, 'notes'),
  };
}

/** An id is a file name in whatever system, and leads nowhere else. Throws `FieldFault`. */
export function adapterIdAt(fields: Fields, key: string): string {
  const id = textAt(fields, key);
  if (!isAdapterId(id)) throw new FieldFault(`its ${key} is ${shown(id)}, no adapter's id`);
  return id;
}

export function isAdapterId(name: string): boolean {
  return /^\d{8}-[0-9a-f]{12}$/.test(name);
}

function proofOf(proof: Fields): Proof {
  const numbers = fieldsOf(proof['numbers'], 'the numbers of its proof');
  return {
    numbers: Object.fromEntries(
      Object.keys(numbers).map((key) => [key, numberAt(numbers, key, -Number.MAX_VALUE, Number.MAX_VALUE)]),
    ),
    samples: listAt(proof, 'samples', (each) => factsOf(each, 'a sample')),
  };
}

function factsOf(value: unknown, what: string): Facts {
  const facts: [string, string | number | boolean][] = [];
  for (const [key, fact] of Object.entries(fieldsOf(value, what))) {
    if (typeof fact !== 'string' && typeof fact !== 'number' && typeof fact !== 'boolean')
      throw new FieldFault(`the ${key} of ${what} is ${shown(fact)}`);
    facts.push([key, fact]);
  }
  return Object.fromEntries(facts);
}
