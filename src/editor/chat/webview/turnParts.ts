import type { AnsweredBy } from '../../../protocol/chatMessages.ts';
import { describeProblem, type Problem, type Translate } from '../../../protocol/problems.ts';
import { formatCount, formatMs, formatTokenRate } from '../../formats.ts';
import { problemButton } from '../../problemActions.ts';
import type { ShownTurn } from '../messages.ts';
import { button, el, hiddenText } from './dom.ts';
import { iconButton } from './icons.ts';
import type { Page } from './page.ts';
import { visibleNodes } from './visibleText.ts';

/** `‹ 1/2 ›`: the way to a turn's alternatives. */
export function branchTools({ branch }: ShownTurn, { t, tell }: Page): HTMLElement | undefined {
  if (!branch) return undefined;
  const { at, of, previous, next } = branch;
  const step = (label: string, picture: 'previous' | 'next', turn: string | undefined) =>
    iconButton(label, picture, () => turn !== undefined && tell({ do: 'choose', turn }), {
      disabled: turn === undefined,
    });
  return el(
    'span',
    { class: 'branches', role: 'group', 'aria-label': t('Alternatives') },
    step(t('Previous Alternative'), 'previous', previous),
    el('span', {}, el('span', { 'aria-hidden': 'true' }, `${at}/${of}`), hiddenText(t('{0} of {1}', at, of))),
    step(t('Next Alternative'), 'next', next),
  );
}

/** What no model wrote is never taken for what one did. */
export function searchNote({ answeredBy }: ShownTurn, { t }: Page): HTMLElement | undefined {
  if (answeredBy?.kind !== 'search') return undefined;
  return el(
    'p',
    { class: 'search-note' },
    el('strong', {}, t('Search result, not generated.')),
    ` ${t('No model has read it: these are the passages that fit best.')}`,
  );
}

/** What a question was asked with. */
export function contextLine({ id, role, context = [] }: ShownTurn, { t, tell }: Page): HTMLElement | undefined {
  if (role !== 'user' || context.length === 0) return undefined;
  const tokens = context.reduce((sum, item) => sum + item.tokens, 0);
  const pieces = context.length === 1 ? t('1 piece of context') : t('{0} pieces of context', context.length);
  // What only a search has read was not counted.
  const summary = tokens === 0 ? pieces : `${pieces}, ${t('{0} tokens', formatCount(tokens))}`;
  return button(summary, () => tell({ do: 'inspect', of: id }), {
    class: 'link',
    of: t('Show What Went into the Prompt'),
  });
}

export function answerFoot(turn: ShownTurn, page: Page): HTMLElement | undefined {
  if (turn.role !== 'assistant') return undefined;
  const { t } = page;
  const { answeredBy, leftOut, stopped, problem, writing } = turn;
  const lines = [
    stopped && t('Stopped.'),
    leftOut && leftOut.earlierTurns > 0 && t('{0} earlier turns did not fit and were left out.', leftOut.earlierTurns),
    leftOut && leftOut.items.length > 0 && t('Did not fit: {0}.', leftOut.items.join(', ')),
    leftOut &&
      leftOut.questionLines > 0 &&
      t('{0} lines from the middle of the question did not fit.', leftOut.questionLines),
  ];
  return el(
    'div',
    { class: 'answer-foot' },
    problem && problemNote(problem, page),
    ...lines.map((line) => typeof line === 'string' && el('p', { class: 'hint' }, ...visibleNodes(line, true))),
    writing && turn.text === '' && el('p', { class: 'hint' }, t('Reading…')),
    answeredBy && el('p', { class: 'hint answered-by' }, ...visibleNodes(describeAnswerer(answeredBy, t), true)),
  );
}

/** `Qwen2.5 Coder · on this machine · 24 tokens/s`. */
function describeAnswerer(answeredBy: AnsweredBy, t: Translate): string {
  const { kind, name, tokensPerSecond, firstTokenMs } = answeredBy;
  return [
    name,
    whereFrom(kind, t),
    tokensPerSecond !== undefined && t('{0} tokens/s', formatTokenRate(tokensPerSecond)),
    firstTokenMs !== undefined && t('first after {0}', formatMs(firstTokenMs)),
  ]
    .filter(Boolean)
    .join(' · ');
}

export function whereFrom(kind: AnsweredBy['kind'], t: Translate): string {
  switch (kind) {
    case 'local':
      return t('on this machine');
    case 'server':
      return t('on a server');
    case 'search':
      return t('search');
  }
}

function problemNote(problem: Problem, { t, tell }: Page): HTMLElement {
  const { message, actions } = describeProblem(problem, t);
  return el(
    'div',
    { class: 'problem' },
    el('p', {}, ...visibleNodes(message, true)),
    ...actions.map((action) => button(problemButton(action, t).title, () => tell({ do: 'solve', action }))),
  );
}

export function turnTools(turn: ShownTurn, { t, tell }: Page): HTMLElement | undefined {
  if (turn.writing) return undefined;
  return el(
    'div',
    { class: 'tools' },
    iconButton(turn.role === 'user' ? t('Copy Question') : t('Copy Answer'), 'copy', () =>
      tell({ do: 'copy', text: turn.text }),
    ),
    turn.role === 'assistant' &&
      (turn.text.match(/^ {0,3}(?:`{3,}|~{3,})/gm) ?? []).length > 2 &&
      iconButton(t('Apply All Code of the Answer'), 'apply', () => tell({ do: 'applyAll', turn: turn.id })),
    turn.role === 'user'
      ? iconButton(t('Edit and Ask Again'), 'edit', () => tell({ do: 'edit', turn: turn.id }))
      : iconButton(t('Answer Again'), 'again', () => tell({ do: 'again', turn: turn.id })),
  );
}
