import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type AdapterCard, isAdapterId, parseCard } from '../../../../src/personalize/adapters/card.ts';
import { FieldFault } from '../../../../src/personalize/adapters/fields.ts';
import { newAdapterId } from '../../../../src/personalize/adapters/adapterFolders.ts';
import { facts, toyHash } from './toyAdapters.ts';

const card: AdapterCard = {
  ...facts(),
  version: 1,
  id: '20261125-0123456789ab',
  kind: 'project',
  folder: '/w',
  base: { sha256: toyHash, name: 'Toy', architecture: 'qwen3', heads: 4, kvHeads: 2 },
  rank: 8,
  alpha: 16,
  modules: ['attn_q'],
  createdMs: 1_764_000_000_000,
  sha256: toyHash,
  bytes: 1234,
  origin: 'trained',
};
const anyFacts = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean(), fc.integer()), {
  noNullPrototype: true,
});

describe('an adapter’s card', () => {
  it('comes back from JSON', () =>
    fc.assert(
      fc.property(
        fc.record(
          {
            name: fc.string({ unit: 'grapheme' }),
            kind: fc.constantFrom('personal', 'project', 'shared'),
            origin: fc.constantFrom('trained', 'imported'),
            training: fc.option(anyFacts),
            proof: fc.option(
              fc.record(
                {
                  numbers: fc.dictionary(fc.string(), fc.integer(), { noNullPrototype: true }),
                  samples: fc.array(anyFacts),
                },
                { noNullPrototype: true },
              ),
            ),
          },
          { noNullPrototype: true },
        ),
        (changes) => {
          assert.deepEqual(parseCard(JSON.parse(JSON.stringify({ ...card, ...changes }))), { ...card, ...changes });
        },
      ),
    ));

  it('needs each of its fields but the folder', () => {
    for (const key of Object.keys(card)) {
      const without = () => parseCard({ ...card, [key]: undefined });
      if (key === 'folder') assert.ok(!('folder' in without()));
      else assert.throws(without, (cause) => cause instanceof FieldFault && cause.message !== '', key);
    }
  });

  const damages: readonly (readonly [changes: Readonly<Record<string, unknown>>, reason: RegExp])[] = [
    [{ version: 2 }, /unknown version 2/],
    [{ id: '../../etc' }, /"..\/..\/etc", no adapter's id/],
    [{ kind: 'other' }, /not personal or project or shared/],
    [{ base: null }, /its base is no object/],
    [{ base: { ...card.base, sha256: 'x' } }, /sha256 is no SHA-256/],
    [{ alpha: 0 }, /alpha is 0/],
    [{ modules: 'attn_q' }, /modules is "attn_q", not a list/],
    [{ training: { a: {} } }, /the a of its training is \{\}/],
    [{ proof: { numbers: { loss: null }, samples: [] } }, /loss is null/],
    [{ createdMs: 1.5 }, /whole number/],
  ];
  for (const [changes, reason] of damages)
    it(`is refused with ${JSON.stringify(changes)}`, () =>
      assert.throws(() => parseCard({ ...card, ...changes }), { name: 'FieldFault', message: reason }));
});

describe('an adapter’s id', () => {
  it('is new each time and tells the day', () => {
    const ids = new Set(Array.from({ length: 1000 }, () => newAdapterId(Date.UTC(2026, 10, 25))));
    assert.equal(ids.size, 1000);
    for (const id of ids) assert.ok(isAdapterId(id) && id.startsWith('20261125-'), id);
  });

  it('leads nowhere', () => {
    for (const name of ['', '..', '20261125-0123456789ab/..', '20261125-0123456789AB', '20261125-0123456789ab\n', 'a'])
      assert.ok(!isAdapterId(name), name);
  });
});
