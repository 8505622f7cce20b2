import { itemBlock } from '../../../chat/context/message.ts';
import { dataHeading } from '../../../chat/context/systemPrompt.ts';
import type { RoleMessage } from '../../../chat/promptPart.ts';
import { describeRefusal } from '../../../edits/refusal.ts';
import type { PlannedAnswer } from '../planAnswer.ts';
import { problemList } from './actionPrompt.ts';
import type { EditorProblem } from '../../../protocol/chatMessages.ts';

/** A conversation that goes on after an answer that did not do. */
export function repairMessages(
  before: readonly RoleMessage[],
  answer: string,
  complaint: string,
): readonly RoleMessage[] {
  return [...before, { role: 'assistant', content: answer }, { role: 'user', content: complaint }];
}

/** Why an answer cannot be used, for the model that wrote it. */
export function whyUnusable({ plan, proposals }: PlannedAnswer, breaks: readonly string[]): string {
  const refused = plan.outcomes.flatMap((outcome, index) =>
    outcome.state === 'refused' ? [`${proposals[index]?.path ?? ''}: ${describeRefusal(outcome.refusal)}`] : [],
  );
  const broken = breaks.map((path) => `${path} could not be parsed after it: there is a syntax error.`);
  const nothing = refused.length + broken.length === 0 ? ['There is no block in it that changes anything.'] : [];
  return [
    'Your answer cannot be used:',
    ...[...refused, ...broken, ...nothing].map((line) => `- ${line}`),
    'Answer again, with everything that changes and in the same form.',
  ].join('\n');
}

/** What is wrong after a change was made, for the model that wrote it. */
export function whyUnfixed(
  file: { readonly path: string; readonly text: string },
  problems: readonly EditorProblem[],
  isBroken: boolean,
): string {
  const list = problems.length === 0 ? [] : [itemBlock({ label: 'problems', text: problemList(problems, file.text) })];
  return [
    'Your change was made, but not all is well.',
    dataHeading,
    itemBlock({ label: file.path, path: file.path, text: file.text }),
    ...list,
    `${isBroken ? `${file.path} has a syntax error now. ` : ''}Fix what is wrong now, with blocks in the same form for the file as it is now.`,
  ].join('\n\n');
}
