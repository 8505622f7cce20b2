import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { EventStreamFault, eventsOf } from '../../../../src/inference/server/eventStream.ts';
import { allOf } from './scriptedServer.ts';

async function* pieces(bytes: Uint8Array, sizes: readonly number[]) {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
const read = (text: string, ...sizes: number[]) =>
  allOf(eventsOf(pieces(new TextEncoder().encode(text), sizes.length === 0 ? [7] : sizes)));

async function* endless() {
  for (;;) yield new TextEncoder().encode('data: '.padEnd(100_000, 'x'));
}

async function* manyLines() {
  for (;;) yield new TextEncoder().encode(`data: ${'x'.repeat(100_000)}\n`);
}

describe('eventsOf', () => {
  it('gives the data of each event', async () => {
    assert.deepEqual(await read('data: {"a":1}\n\ndata: {"b":2}\n\ndata: [DONE]\n\n'), [
      '{"a":1}',
      '{"b":2}',
      '[DONE]',
    ]);
  });

  it('takes all three line ends, and none at the end', async () => {
    assert.deepEqual(await read('data: a\r\n\r\ndata: b\r\rdata:c\n\ndata:  d'), ['a', 'b', 'c', ' d']);
  });

  it('passes over comments, names and ids, and joins lines of one event', async () => {
    assert.deepEqual(await read(': ping\n\nevent: x\nid: 3\ndata: a\ndata: b\nretry: 1\n\ndata\n\ndatabase: no\n\n'), [
      'a\nb',
      '',
    ]);
  });

  it('gives the same however the bytes arrive', async () => {
    const event = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        async (events, end, sizes) => {
          const text = events.map((data) => `data: ${data}${end}${end}`).join('');
          assert.deepEqual(await read(text, ...sizes), events);
        },
      ),
    );
  });

  it('gives each event as soon as it is there', async () => {
    const seen: string[] = [];
    async function* slow() {
      yield new TextEncoder().encode('data: a\n\ndata: ');
      assert.deepEqual(seen, ['a']);
      yield new TextEncoder().encode('b\n\n');
    }
    for await (const data of eventsOf(slow())) seen.push(data);
    assert.deepEqual(seen, ['a', 'b']);
  });

  it('gives up at an event that has no end', async () => {
    await assert.rejects(allOf(eventsOf(endless())), EventStreamFault);
    await assert.rejects(allOf(eventsOf(manyLines())), EventStreamFault);
  });
});
