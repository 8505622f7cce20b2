/** Which turns of a branch are in the page: `from` up to but without `to`, counted from 0. */
export interface TurnWindow {
  readonly from: number;
  readonly to: number;
}

/** More than any screen shows at once, and few enough to be laid out in no time, however long the conversation is. */
const maxShownTurns = 60;
/** What one look beyond the edge brings; what is on the screen then stays. */
const stepTurns = 20;

/** The end of a branch of `total` turns. */
export function newestTurns(total: number): TurnWindow {
  return { from: Math.max(0, total - maxShownTurns), to: total };
}

export function earlierTurns({ from }: TurnWindow, total: number): TurnWindow {
  const start = Math.max(0, from - stepTurns);
  return { from: start, to: Math.min(total, start + maxShownTurns) };
}

export function laterTurns({ to }: TurnWindow, total: number): TurnWindow {
  const end = Math.min(total, to + stepTurns);
  return { from: Math.max(0, end - maxShownTurns), to: end };
}

/** The window after the branch became another one, or longer: at its end where it was there, else where it was. */
export function movedWindow(window: TurnWindow, before: number, total: number): TurnWindow {
  return window.to >= before || window.to > total ? newestTurns(total) : window;
}
