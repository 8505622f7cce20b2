import { hunksOf } from '../../../../src/edits/text/hunks.ts';

/** What `diff -U2` prints: changes that are near each other in one hunk. */
export function unified(before: string, after: string): string {
  const [a, b] = [linesOf(before), linesOf(after)];
  let text = '--- a/a.ts\n+++ b/a.ts\n';
  const hunks = hunksOf(before, after);
  for (let first = 0, last = 0; first < hunks.length; first = last) {
    last = first + 1;
    const near = (index: number) => (hunks[index]?.before.start ?? Infinity) - (hunks[index - 1]?.before.end ?? 0) <= 4;
    while (near(last)) last++;
    const group = hunks.slice(first, last);
    const start = Math.max(0, (group[0]?.before.start ?? 0) - 2);
    const end = Math.min(a.length, (group.at(-1)?.before.end ?? 0) + 2);
    const [shift, grown] = [
      (group[0]?.after.start ?? 0) - (group[0]?.before.start ?? 0),
      (group.at(-1)?.after.end ?? 0) - (group.at(-1)?.before.end ?? 0),
    ];
    text += `@@ -${start + 1},${end - start} +${start + 1 + shift},${end + grown - start - shift} @@\n`;
    let at = start;
    for (const hunk of group) {
      text += marked(' ', a.slice(at, hunk.before.start));
      text +=
        marked('-', a.slice(hunk.before.start, hunk.before.end)) +
        marked('+', b.slice(hunk.after.start, hunk.after.end));
      at = hunk.before.end;
    }
    text += marked(' ', a.slice(at, end));
  }
  return text;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function marked(mark: string, lines: readonly string[]): string {
  return lines.map((line) => mark + (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`)).join('');
}
