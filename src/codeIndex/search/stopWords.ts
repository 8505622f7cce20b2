import type { SearchRequest } from './hit.ts';

/** Words a person asks with. They stand in many comments, and say nothing about what is asked for. */
const english = `a about all an and any are as at be been being but by can could did do does doing done for from get gets
  had has have having he her here his how i if in into is it its just like made make makes may me might must my no not
  of on one only or our out over own please she should show so some such than that the their them then there these they
  thing this those through to too under up us use used uses using very want was way we were what when where which while
  who whom whose why will with would you your code file function method class find look implement implemented defined
  happen happens work works`;

/** Words that stand in nearly every piece of code. */
const keywords = `async await catch class const def else export extends false for from function if import in is let new
  none not null or public private return self static super this throw true try undefined var void while`;

/** Words that are not counted in a request, unless it has no others. */
export const silentWords: Readonly<Record<SearchRequest['kind'], ReadonlySet<string>>> = {
  question: new Set(english.split(/\s+/)),
  code: new Set(keywords.split(/\s+/)),
};
