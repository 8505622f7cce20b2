/** A text as people see it, and how many characters were taken out that they do not see. */
export interface VisibleText {
  readonly text: string;
  readonly hidden: number;
}

/**
 * What a model reads and a person does not: the ways in which instructions were hidden in files. Line ends, tabs, and
 * what joins emoji or letters of scripts that need it stay.
 */
const hidden = new RegExp(
  [
    // Control characters, and those that annotate.
    '[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\uFFF9-\\uFFFB]',
    // Direction: what is shown is not what is read ("Trojan Source", CVE-2021-42574).
    '[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]',
    // No width: soft hyphens, word joiners, fillers, byte order marks.
    '[\\u00AD\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B\\u2060-\\u2065\\u206A-\\u206F\\u3164\\uFEFF\\uFFA0]',
    // Joiners, but where emoji or letters are joined.
    '(?<![\\p{L}\\p{M}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])[\\u200C\\u200D]',
    '[\\u200C\\u200D](?![\\p{L}\\p{Extended_Pictographic}])',
    '(?<=\\p{Script=Latin})[\\u200C\\u200D]',
    // Tags and the selectors beyond those of emoji: invisible alphabets.
    '[\\u{E0000}-\\u{E0FFF}]',
    '(?<=[\\uFE00-\\uFE0F])[\\uFE00-\\uFE0F]',
  ].join('|'),
  'gu',
);

/** Colours and cursor movements of terminals (ECMA-48, and xterm's titles and links). Not counted: everybody prints them. */
// oxlint-disable-next-line no-control-regex
const escapeSequences = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B\n]*(?:\u0007|\u001B\\)|[@-Z\\^_])/g;

export function withoutHidden(text: string): VisibleText {
  let visible = text.replace(escapeSequences, '').replace(/\r\n?/g, '\n');
  let count = 0;
  // What hides behind another hidden character shows when that one is gone.
  for (let before = -1; before !== count; ) {
    before = count;
    visible = visible.replace(hidden, () => {
      count++;
      return '';
    });
  }
  return { text: visible, hidden: count };
}
