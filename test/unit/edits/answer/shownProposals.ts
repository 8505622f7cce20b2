import { parseAnswer } from '../../../../src/edits/answer/parseAnswer.ts';
import type { AnswerContext, Proposal } from '../../../../src/edits/answer/proposal.ts';

/** What an answer asks for, in short: `path: -searched +put`, line by line. */
export function shown(answer: string, context: Partial<AnswerContext> = {}): readonly string[] {
  return parseAnswer(answer, { files: [], isComplete: true, ...context }).map(shownProposal);
}

function shownProposal({ path, change, problem }: Proposal): string {
  const what = problem === undefined ? shownChange(change) : problem.code === 'malformed' ? problem.what : problem.code;
  return `${path || '?'}: ${what}`;
}

function shownChange(change: Proposal['change']): string {
  switch (change.kind) {
    case 'block': {
      const { search, replace, line } = change.block;
      const end = change.finalNewline === undefined ? '' : change.finalNewline ? ' newline' : ' no newline';
      const at = line === undefined ? '' : ` @${line}`;
      return `-${search.join('|')} +${replace.join('|')}${at}${end}`;
    }
    case 'whole':
      return `= ${change.lines.join('|')}${change.hasPathComment ? ' (path comment)' : ''}`;
    case 'create':
      return `new ${change.lines.join('|')}${change.finalNewline ? '' : ' no newline'}`;
    case 'rename':
      return `to ${change.to}`;
    case 'delete':
      return 'delete';
  }
}
