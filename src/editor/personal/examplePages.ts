import type { ExamplePage, ExampleQuery } from '../../protocol/personalMessages.ts';
import { choiceOf, type ExampleFilter, type PageAction } from './messages.ts';
import { isKind } from './pageAction.ts';
import type { ShownExamples } from './pageState.ts';

/** Examples that come at a time. */
const pageSize = 25;

export function noExamples(filter: ExampleFilter): ShownExamples {
  return { filter, list: [], state: 'loading' };
}

/** What to ask for: the first page, or the one after what is shown. */
export function queryFor({ filter, next }: ShownExamples): ExampleQuery {
  return { ...filter, limit: pageSize, ...(next !== undefined && { before: next }) };
}

/** The list with one more page; `total`: how many examples there were when the first page was asked for. */
export function withPage(
  { filter, list, total: before }: ShownExamples,
  page: ExamplePage,
  total: number,
): ShownExamples {
  return {
    filter,
    list: [...list, ...page.examples],
    state: 'shown',
    total: before ?? total,
    ...(page.next !== undefined && { next: page.next }),
  };
}

/** The list as it is once the engine has done it. */
export function withChange(
  shown: ShownExamples,
  { do: what, id }: Extract<PageAction, { do: 'exclude' | 'include' | 'deleteExample' }>,
): ShownExamples {
  if (what !== 'deleteExample') {
    const list = shown.list.map((each) => (each.id === id ? { ...each, excluded: what === 'exclude' } : each));
    return { ...shown, list };
  }
  const list = shown.list.filter((each) => each.id !== id);
  const gone = shown.list.length - list.length;
  return { ...shown, list, ...(shown.total !== undefined && { total: shown.total - gone }) };
}

/** The filter after the user chose in one of its lists. */
export function withChoice(filter: ExampleFilter, { by, value }: Extract<PageAction, { do: 'filter' }>): ExampleFilter {
  const { [by]: _, ...others } = filter;
  const chosen = choiceOf(value);
  if (chosen === undefined) return others;
  if (by === 'excluded') return { ...others, excluded: chosen === 'true' };
  if (by === 'kind') return isKind(chosen) ? { ...others, kind: chosen } : others;
  return { ...others, [by]: chosen };
}
