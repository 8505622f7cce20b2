/** CSI, OSC and the two-character sequences of terminals. */
const [escape, bell] = ['\u001b', '\u0007'];
const sequences = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)?|[@-Z\\\\^_])`,
  'g',
);

/** What a terminal shows of what was printed to it: without colours and moves of the cursor, lines that were written over once. */
export function withoutControls(printed: string): string {
  return printed
    .replace(sequences, '')
    .replace(/\r+\n/g, '\n')
    .replace(/[^\n]*\r(?=[^\n])/g, '')
    .replace(/(?![\n\t])\p{Cc}/gu, '');
}
