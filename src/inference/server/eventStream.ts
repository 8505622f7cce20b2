/** Longer than any event of an answer, and short enough to hold. In UTF-16 code units. */
const maxEvent = 4_000_000;

/** The body is no event stream, or one that wants more memory than an answer has. */
export class EventStreamFault extends Error {}

/**
 * The data of each event of a stream (`text/event-stream`, https://html.spec.whatwg.org/#parsing-an-event-stream), as
 * soon as it is complete. Names, ids and comments (`: ping`) are left out. Unlike in the standard, a last event counts without
 * an empty line after it: some servers end so.
 */
export async function* eventsOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let data: string[] = [];
  let size = 0;
  for await (const piece of pieces) {
    rest += decoder.decode(piece, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield data.join('\n');
        [data, size] = [[], 0];
        continue;
      }
      const value = dataOf(line);
      if (value !== undefined) data.push(value);
      size += line.length;
    }
    if (size + rest.length > maxEvent) throw new EventStreamFault('an event is too long');
  }
  const last = dataOf(rest.replace(/\r$/, ''));
  if (last !== undefined) data.push(last);
  if (data.length > 0) yield data.join('\n');
}

function dataOf(line: string): string | undefined {
  const found = /^data(?:: ?(.*))?$/s.exec(line);
  return found === null ? undefined : (found[1] ?? '');
}
