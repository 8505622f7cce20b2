import type { AnswerContext } from '../../../edits/answer/proposal.ts';

/** How a model is to say what changes. */
export interface AnswerForm {
  /** Part of the system message. */
  readonly rules: (path: string) => string;
  readonly expects?: AnswerContext['expects'];
}

/** Cheap for large files: only the lines that change are written, twice. */
export const searchReplace: AnswerForm = {
  rules: (path) =>
    [
      'Answer with one block for each place that changes, in this form, and with nothing else:',
      '',
      path,
      '<<<<<<< SEARCH',
      '(lines of the file, copied exactly, enough of them to be found only once)',
      '=======',
      '(the lines that take their place)',
      '>>>>>>> REPLACE',
      '',
      'Copy indentation exactly. Never write "..." for code that you leave out.',
    ].join('\n'),
};

/** For a file that is new, or of which a small model had better copy everything: copying is quick. */
export const wholeFile: AnswerForm = {
  rules: (path) =>
    [
      `Answer with the whole text of ${path} in one fenced code block, with that path on the line above, and with nothing else.`,
      'Never leave code out, and never write "..." or "unchanged" for it.',
    ].join('\n'),
  expects: 'wholeFiles',
};
