import { summaryOfCard } from '../../personalize/proof/cardProof.ts';
import type { AdapterCard } from '../../personalize/adapters/card.ts';
import { type Selection, type Uses, useAt } from '../../personalize/adapters/uses.ts';
import type { Example } from '../../personalize/examples/example.ts';
import type { ExampleCounts } from '../../personalize/examples/exampleCounts.ts';
import type { LearningRules } from '../../personalize/examples/learningRules.ts';
import type { AdapterInUse, AdapterSummary, ExampleTotals, ExampleView } from '../../protocol/personalMessages.ts';

/** From what is kept to what the view shows. Pure. */

export function adapterSummary(card: AdapterCard, baseSha256: string | undefined): AdapterSummary {
  const { id, name, kind, folder, base, rank, createdMs, examples, bytes, origin, training, proof } = card;
  const seconds = training?.['seconds'];
  const summary = proof === null ? undefined : summaryOfCard(proof);
  return {
    id,
    name,
    kind,
    ...(folder === undefined ? {} : { folder }),
    baseName: base.name,
    fits: base.sha256 === baseSha256,
    rank,
    createdMs,
    examples,
    bytes,
    origin,
    ...(typeof seconds === 'number' ? { trainingSeconds: seconds } : {}),
    ...(summary === undefined ? {} : { proof: summary }),
  };
}

/** In the order in which they are applied. */
export function adaptersInUse(uses: Uses, base: string, folder: string): readonly AdapterInUse[] {
  const project = folder === '' ? null : useAt(uses, { base, folder }).selected;
  const personal = useAt(uses, { base, folder: '' }).selected;
  return [...at(project, { kind: 'project', folder }), ...at(personal, { kind: 'personal' })];
}

function at(selected: Selection | null, place: AdapterInUse['place']): readonly AdapterInUse[] {
  return selected === null ? [] : [{ ...selected, place }];
}

export function canRollBack(uses: Uses, base: string): boolean {
  return useAt(uses, { base, folder: '' }).earlier.length > 0;
}

export function exampleTotals(
  { total, usable, languages, folders }: ExampleCounts,
  rules: LearningRules,
): ExampleTotals {
  const off = new Set(rules.languages);
  const counted = languages.map((each) => ({
    languageId: each.languageId,
    count: each.total,
    isOn: !off.has(each.languageId),
  }));
  // A language that is off stays in the list, so that it can be switched on again.
  const silent = rules.languages
    .filter((languageId) => !languages.some((each) => each.languageId === languageId))
    .map((languageId) => ({ languageId, count: 0, isOn: false }));
  return {
    total,
    usable,
    languages: [...counted, ...silent],
    folders: folders.map((each) => ({ folder: each.folder, count: each.total })),
  };
}

/** Lines shown around an example. */
const shownLines = 6;

export function exampleView(example: Example): ExampleView {
  const { id, atMs, kind, languageId, path, folder, prefix, text, suffix, offered, kept, excluded } = example;
  return {
    id,
    atMs,
    kind,
    languageId,
    path,
    folder,
    before: prefix.split('\n').slice(-shownLines).join('\n'),
    text,
    after: suffix.split('\n').slice(0, shownLines).join('\n'),
    kept,
    excluded,
    ...(offered === undefined ? {} : { offered }),
  };
}
