/**
 * Says whether lines came with a later release: none of them stands anywhere in these files of an earlier one. What differs
 * in blanks, quotes or punctuation at its end only was formatted anew, not written. Lines without a word say nothing.
 */
export function writtenAfter(files) {
  const known = new Set(files.flatMap(({ text }) => text.split('\n').map(bare)));
  return (lines) => lines.every((line) => !/\w/.test(line) || !known.has(bare(line)));
}

function bare(line) {
  return line.replaceAll(/\s+/g, '').replaceAll(/['`]/g, '"').replace(/[;,]$/, '');
}
