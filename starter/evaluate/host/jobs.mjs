import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** Neighbours stay together: they often complete the same place, and what was read of it is in the KV cache. */
const runLength = 8;

/**
 * The frame of every worker: reads requests (JSON lines with an `id`), skips those already answered, leaves some to the
 * other workers, and appends one answer per line, so that a run can be broken off and taken up again.
 *
 *     node <worker>.mjs --requests FILE --answers FILE [--shard 0/2] [further options]
 *
 * @param {Record<string, {type: 'string', default?: string}>} options of this worker alone
 * @param {(options: Record<string, string>) => Promise<(request: Record<string, unknown>) => Promise<object>>} prepare
 */
export async function work(options, prepare) {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string' },
      answers: { type: 'string' },
      shard: { type: 'string', default: '0/1' },
      ...options,
    },
  });
  const [shard, shards] = values.shard.split('/').map(Number);
  const answered = new Set(jsonLines(values.answers).map(({ id }) => id));
  const open = jsonLines(values.requests).filter(({ id }, at) => Math.floor(at / runLength) % shards === shard && !answered.has(id));
  if (open.length === 0) return;
  const answer = await prepare(values);
  for (const request of open)
    appendFileSync(values.answers, `${JSON.stringify({ id: request.id, ...(await answer(request)) })}\n`);
}

/** The rows of a file of JSON lines; none when there is no file. A last line cut short by a crash is left out. */
export function jsonLines(path) {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line)];
      } catch {
        return [];
      }
    });
}
