import type { Example } from '../examples/example.ts';
import type { Shown } from './completionEvent.ts';
import type { ExampleEvent } from './exampleEvent.ts';
import { type InsteadLook, isEnough } from './instead.ts';
import { keepable, keepableSnippets } from './keepable.ts';
import type { Around } from './maskAround.ts';
import { offerOf } from './offer.ts';
import type { Look } from './survival.ts';
import type { TaughtEdit } from './taughtEdit.ts';

interface At {
  readonly key: string;
  readonly atMs: number;
}

type Where = Pick<Shown, 'languageId' | 'path' | 'folder' | 'model' | 'snippets'>;

/**
 * What is stored of a completion that was accepted or typed; undefined when it holds a secret or is next to nothing.
 *
 * @param completed What stands of its offer by now.
 */
export function exampleOfOffer(at: At, of: Example['kind'], shown: Shown, completed: string): ExampleEvent | undefined {
  const { prefix, suffix } = offerOf(shown);
  if (of === 'typed' && !isEnough(completed)) return undefined;
  return exampleOf(at, of, shown, { prefix, text: completed, suffix });
}

/** What is stored of an accepted edit. */
export function exampleOfEdit(at: At, edit: TaughtEdit): ExampleEvent | undefined {
  return exampleOf(at, 'edit', edit, edit, edit.offered);
}

/** What a look at a refused place changes in the store. */
export function exampleOfInstead(at: At, look: InsteadLook): ExampleEvent | undefined {
  const { shown, text, offered, isKnown } = look;
  if (text === '') return { kind: 'withdrawn', ...at };
  const example = exampleOf(at, text === offered ? 'typed' : 'instead', shown, look, offered);
  if (!isKnown) return example;
  if (example?.kind !== 'example') return { kind: 'withdrawn', ...at };
  return { kind: 'became', ...at, text, kept: 1, suffix: example.suffix };
}

/** What a look at an accepted text changes in the store. */
export function exampleAfter(at: At, { became, characters, keptCharacters }: Look): ExampleEvent {
  if (became === undefined || keepable(became) === undefined) return { kind: 'withdrawn', ...at };
  const kept = became.text.trim() === '' ? 0 : Math.min(1, keptCharacters / characters);
  return { kind: 'became', ...at, text: became.text, kept };
}

function exampleOf(
  at: At,
  of: Example['kind'],
  { languageId, path, folder = '', model, snippets = [] }: Where,
  around: Around,
  offered = '',
): ExampleEvent | undefined {
  const kept = keepable(around);
  if (kept === undefined || kept.text.trim() === '') return undefined;
  const isOfferKept = offered.trim() !== '' && keepable({ ...around, text: offered }) !== undefined;
  return {
    kind: 'example',
    ...at,
    of,
    languageId,
    path,
    folder,
    model,
    ...kept,
    ...(isOfferKept ? { offered } : {}),
    snippets: keepableSnippets(snippets),
  };
}
