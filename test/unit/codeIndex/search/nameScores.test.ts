import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Chunk } from '../../../../src/codeIndex/chunk.ts';
import { nameScores } from '../../../../src/codeIndex/search/nameScores.ts';
import { storedChunk } from './memoryStore.ts';

/** The chunks by their names in the order of their scores, those without a score left out. */
function order(names: readonly string[], chunks: readonly Partial<Chunk>[]): string {
  const found = chunks.map((chunk, at) => ({
    folder: '/app',
    paths: ['a.ts'],
    score: 1,
    chunk: storedChunk('a', at, chunk),
  }));
  const scoreOf = nameScores(found, { names, nextName: 0.8 });
  const label = ({ chunk }: (typeof found)[number]) => chunk.symbolPath.join('.') || chunk.text;
  return found
    .map((each) => ({ label: label(each), score: scoreOf(each) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map((each) => each.label)
    .join(' ');
}

const named = (...symbolPath: string[]): Partial<Chunk> => ({ symbolPath });

describe('nameScores: how likely a chunk is what a name means', () => {
  it('puts the name wanted first first', () =>
    assert.equal(order(['b', 'a'], [named('a'), named('b'), named('c')]), 'b a'));

  it('prefers the same case', () => assert.equal(order(['Store'], [named('store'), named('Store')]), 'Store store'));

  it('prefers functions to methods of the same name', () =>
    assert.equal(order(['send'], [{ ...named('Mail', 'send'), kind: 'method' }, named('send')]), 'send Mail.send'));

  it('finds what a chunk declares beside others', () => {
    const text = 'export function isDate() {}\nexport function isWord() {}';
    assert.equal(order(['isWord'], [{ text }, { text: 'isWord()' }]), text);
  });

  it('trusts a name less the more chunks bear it', () => {
    const methods = ['A', 'B', 'C', 'D'].map((owner): Partial<Chunk> => ({ ...named(owner, 'run'), kind: 'method' }));
    assert.equal(order(['run', 'parse'], [...methods, named('parse')]).split(' ')[0], 'parse');
  });
});
