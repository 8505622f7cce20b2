import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  idsIn,
  noUses,
  parseUses,
  type Place,
  rescale,
  rollBack,
  type Selection,
  select,
  selectedFor,
  type Uses,
  useAt,
  without,
} from '../../../../src/personalize/adapters/uses.ts';

const [one, other] = ['1'.repeat(64), '2'.repeat(64)];
const personal: Place = { base: one, folder: '' };
const shared: Place = { base: one, folder: '/w' };
const idOf = (n: number) => `20261125-${String(n).padStart(12, '0')}`;
const selection = (n: number, scale = 1): Selection => ({ id: idOf(n), scale });

type Step = (uses: Uses) => Uses;
const anyPlace = fc.record(
  { base: fc.constantFrom(one, other), folder: fc.constantFrom('', '/w', '/v') },
  { noNullPrototype: true },
);
const anyScale = fc.double({ min: 0, max: 1.5, noNaN: true });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(anyPlace, fc.nat(4), anyScale).map(
    ([place, n, scale]): Step =>
      (uses) =>
        select(uses, place, n === 4 ? null : selection(n, scale)),
  ),
  fc.tuple(anyPlace, anyScale).map(
    ([place, scale]): Step =>
      (uses) =>
        rescale(uses, place, scale),
  ),
  anyPlace.map(
    (place): Step =>
      (uses) =>
        rollBack(uses, place),
  ),
  fc.nat(3).map(
    (n): Step =>
      (uses) =>
        without(uses, idOf(n)),
  ),
);
const anyUses = fc.array(anyStep, { maxLength: 30 }).map((steps) => steps.reduce((uses, step) => step(uses), noUses));

describe('which adapters are used', () => {
  it('comes back from JSON', () =>
    fc.assert(fc.property(anyUses, (uses) => assert.deepEqual(parseUses(JSON.parse(JSON.stringify(uses))), uses))));

  it('is what was selected last, everywhere else as before', () =>
    fc.assert(
      fc.property(anyUses, anyPlace, anyPlace, fc.nat(3), (uses, place, elsewhere, n) => {
        const after = select(uses, place, selection(n));
        assert.deepEqual(useAt(after, place).selected, selection(n));
        if (elsewhere.base !== place.base || elsewhere.folder !== place.folder)
          assert.deepEqual(useAt(after, elsewhere), useAt(uses, elsewhere));
      }),
    ));

  it('can be rolled back to what it was before', () =>
    fc.assert(
      fc.property(anyUses, anyPlace, fc.nat(3), (uses, place, n) => {
        const before = useAt(uses, place);
        fc.pre(before.selected?.id !== idOf(n));
        const back = useAt(rollBack(select(uses, place, selection(n)), place), place);
        assert.deepEqual(back.selected, before.selected);
        assert.deepEqual(back.earlier.slice(0, 19), before.earlier.slice(0, 19));
      }),
    ));

  it('can be rolled back step by step, to the bare model at last', () => {
    let uses = [selection(1), selection(2), null, selection(3)].reduce<Uses>(
      (all, each) => select(all, personal, each),
      noUses,
    );
    const seen = [useAt(uses, personal).selected];
    for (let step = 0; step < 6; step++) seen.push(useAt((uses = rollBack(uses, personal)), personal).selected);
    assert.deepEqual(
      seen.map((each) => each?.id ?? null),
      [idOf(3), null, idOf(2), idOf(1), null, null, null],
    );
    assert.deepEqual(uses, noUses);
  });

  it('keeps twenty earlier ones', () => {
    const uses = Array.from({ length: 40 }, (_, n) => n).reduce(
      (all, n) => select(all, personal, selection(n)),
      noUses,
    );
    assert.equal(useAt(uses, personal).earlier.length, 20);
    assert.equal(useAt(uses, personal).earlier[0]?.id, idOf(38));
  });

  it('may act stronger or weaker without being another', () => {
    const uses = rescale(select(noUses, personal, selection(1)), personal, 0.5);
    assert.deepEqual(useAt(uses, personal), { ...personal, selected: selection(1, 0.5), earlier: [null] });
    assert.equal(rescale(noUses, personal, 0.5), noUses);
    for (const scale of [-0.1, 1.51, Number.NaN]) assert.throws(() => rescale(uses, personal, scale), RangeError);
    assert.throws(() => select(uses, personal, selection(1, 2)), RangeError);
  });

  it('names an adapter nowhere any more once it is taken out', () =>
    fc.assert(
      fc.property(anyUses, fc.nat(3), (uses, n) => {
        const after = without(uses, idOf(n));
        assert.ok(!idsIn(after).has(idOf(n)));
        assert.deepEqual([...idsIn(uses)].filter((id) => id !== idOf(n)).toSorted(), [...idsIn(after)].toSorted());
      }),
    ));

  it('has no gap in its history where an adapter was taken out', () => {
    const uses = [selection(1), selection(2), selection(1), selection(3)].reduce(
      (all, each) => select(all, personal, each),
      noUses,
    );
    const { selected, earlier } = useAt(without(uses, idOf(2)), personal);
    assert.deepEqual(
      [selected, ...earlier].map((each) => each?.id ?? null),
      [idOf(3), idOf(1), null],
    );
  });
});

describe('the adapters for a folder', () => {
  const selected: readonly (readonly [Place, Selection])[] = [
    [shared, selection(1, 0.7)],
    [personal, selection(2)],
    [{ base: one, folder: '/v' }, selection(3)],
    [{ base: other, folder: '/w' }, selection(4)],
    [{ base: other, folder: '' }, selection(5)],
  ];
  const uses = selected.reduce((all, [place, each]) => select(all, place, each), noUses);

  it('are its shared one, then the personal one, each with its strength', () =>
    assert.deepEqual(selectedFor(uses, one, '/w'), [selection(1, 0.7), selection(2)]));

  it('are the personal one alone elsewhere', () => {
    assert.deepEqual(selectedFor(uses, one, '/elsewhere'), [selection(2)]);
    assert.deepEqual(selectedFor(uses, one, ''), [selection(2)]);
  });

  it('are never those of another model', () => {
    assert.deepEqual(selectedFor(uses, other, '/w'), [selection(4), selection(5)]);
    assert.deepEqual(selectedFor(uses, '3'.repeat(64), '/w'), []);
  });

  it('are none that is off', () => assert.deepEqual(selectedFor(rescale(uses, shared, 0), one, '/w'), [selection(2)]));
});

describe('a file of uses', () => {
  const good = JSON.stringify(select(noUses, shared, selection(1)));
  const damages: readonly (readonly [what: string, text: string, reason: RegExp])[] = [
    ['no object', '[]', /no object/],
    ['another version', good.replace('"version":1', '"version":2'), /version 2/],
    ['no places', '{"version":1}', /places is missing/],
    ['no model', good.replace(one, 'x'), /base is no SHA-256/],
    ['an id that leads elsewhere', good.replace(idOf(1), '../../x'), /no adapter's id/],
    ['a scale of 2', good.replace('"scale":1', '"scale":2'), /scale is 2/],
    ['no history', good.replace('"earlier"', '"later"'), /earlier is missing/],
  ];
  for (const [what, text, reason] of damages)
    it(`is refused with ${what}`, () =>
      assert.throws(() => parseUses(JSON.parse(text)), { name: 'FieldFault', message: reason }));
});
