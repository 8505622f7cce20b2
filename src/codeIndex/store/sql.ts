/** A text as a literal of the SQL that LanceDB's filters are written in: only the quote means something in it. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `column IN ('a', 'b')`; never true for no values. */
export function sqlIn(column: string, values: Iterable<string>): string {
  const literals = Array.from(values, sqlText);
  return literals.length === 0 ? 'false' : `${column} IN (${literals.join(', ')})`;
}

/** The same in several filters of at most `size` values: one of 10,000 takes seconds to parse. */
export function* sqlInBatches(column: string, values: Iterable<string>, size = 500): Generator<string> {
  const all = [...values];
  for (let at = 0; at < all.length; at += size) yield sqlIn(column, all.slice(at, at + size));
}
