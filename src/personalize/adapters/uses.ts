import { adapterIdAt } from './card.ts';
import { FieldFault, fieldsOf, hashAt, listAt, numberAt, shown, textAt } from './fields.ts';

/** An adapter in use. */
export interface Selection {
  readonly id: string;
  /** 1 as trained, 0 off, at most 1.5. */
  readonly scale: number;
}

/** Where one adapter can be in use: on one base model, in one workspace folder or (`''`: the personal one) everywhere. */
export interface Place {
  /** SHA-256 of the base model's file. */
  readonly base: string;
  readonly folder: string;
}

interface PlaceUse extends Place {
  /** Null for the model without an adapter. */
  readonly selected: Selection | null;
  /** What was selected before, newest first. */
  readonly earlier: readonly (Selection | null)[];
}

/** Which adapters are used, in all places: `use.json`. */
export interface Uses {
  readonly version: 1;
  readonly places: readonly PlaceUse[];
}

export const noUses: Uses = { version: 1, places: [] };

const maxScale = 1.5;
/** Adapters that can be rolled back to. Older ones can still be selected from the list. */
const maxEarlier = 20;

export function useAt(uses: Uses, place: Place): PlaceUse {
  const { base, folder } = place;
  return uses.places.find((each) => isAt(each, place)) ?? { base, folder, selected: null, earlier: [] };
}

/** What the model is to run with in a folder, in order: the folder's shared adapter, then the personal one. */
export function selectedFor(uses: Uses, base: string, folder: string): readonly Selection[] {
  const folders = folder === '' ? [''] : [folder, ''];
  const selected = folders.map((each) => useAt(uses, { base, folder: each }).selected);
  return selected.filter((each) => each !== null).filter(({ scale }) => scale > 0);
}

/** Uses an adapter, or none, from now on; what was used before can be rolled back to. */
export function select(uses: Uses, place: Place, selected: Selection | null): Uses {
  checkScale(selected?.scale ?? 1);
  const { selected: before, earlier } = useAt(uses, place);
  const isSame = before?.id === selected?.id;
  return withPlace(uses, { ...place, selected, earlier: isSame ? earlier : [before, ...earlier].slice(0, maxEarlier) });
}

/** Changes how strongly the selected adapter acts. */
export function rescale(uses: Uses, place: Place, scale: number): Uses {
  const { selected } = useAt(uses, place);
  return selected === null ? uses : select(uses, place, { ...selected, scale });
}

/** Goes back to what was used before the selected one, which is forgotten; nothing changes when there is nothing earlier. */
export function rollBack(uses: Uses, place: Place): Uses {
  const { earlier } = useAt(uses, place);
  const [selected, ...rest] = earlier;
  return selected === undefined ? uses : withPlace(uses, { ...place, selected, earlier: rest });
}

/** Takes an adapter out of all places: where it was in use, the model is without one. */
export function without(uses: Uses, id: string): Uses {
  const places = uses.places.map((use): PlaceUse => {
    const selected = use.selected?.id === id ? null : use.selected;
    const kept = use.earlier.filter((each) => each?.id !== id);
    // What stood on both sides of the adapter would now be twice in a row.
    const earlier = kept.filter((each, at) => each?.id !== (at === 0 ? selected : kept[at - 1])?.id);
    return { ...use, selected, earlier };
  });
  return { version: 1, places: places.filter(isUsed) };
}

/** Every adapter that is named anywhere. */
export function idsIn({ places }: Uses): ReadonlySet<string> {
  return new Set(places.flatMap(({ selected, earlier }) => [selected, ...earlier].flatMap((each) => each?.id ?? [])));
}

/** Holds a `use.json` against what it should be. Throws `FieldFault`. */
export function parseUses(value: unknown): Uses {
  const uses = fieldsOf(value, 'it');
  if (uses['version'] !== 1) throw new FieldFault(`it has the unknown version ${shown(uses['version'])}`);
  const places = listAt(uses, 'places', (each): PlaceUse => {
    const use = fieldsOf(each, 'a place');
    const earlier = listAt(use, 'earlier', selectionOf);
    return {
      base: hashAt(use, 'base'),
      folder: textAt(use, 'folder'),
      selected: selectionOf(use['selected']),
      earlier,
    };
  });
  return { version: 1, places };
}

function selectionOf(value: unknown): Selection | null {
  if (value === null) return null;
  const selection = fieldsOf(value, 'a selection');
  return { id: adapterIdAt(selection, 'id'), scale: numberAt(selection, 'scale', 0, maxScale) };
}

function withPlace(uses: Uses, use: PlaceUse): Uses {
  const others = uses.places.filter((each) => !isAt(each, use));
  return { version: 1, places: [...others, use].filter(isUsed) };
}

function isUsed({ selected, earlier }: PlaceUse): boolean {
  return selected !== null || earlier.some((each) => each !== null);
}

function isAt(use: PlaceUse, { base, folder }: Place): boolean {
  return use.base === base && use.folder === folder;
}

function checkScale(scale: number): void {
  if (!(scale >= 0 && scale <= maxScale)) throw new RangeError(`A scale is 0 to ${maxScale}, not ${scale}.`);
}
