/** One axis: where it begins and ends, and the values that are written beside it. */
export interface PlotScale {
  readonly from: number;
  readonly to: number;
  /** Ascending, inside the axis, at round numbers. */
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** An axis that holds all values with a little room, and about `wanted` ticks. Values that are no numbers do not count. */
export function scaleFor(values: readonly number[], wanted: number): PlotScale {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return scaleBetween(0, 1, wanted);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const size = Math.max(Math.abs(least), Math.abs(most));
  // A flat line lies in the middle: differences that no number can show are none.
  const isFlat = most - least <= 1e-6 * Math.max(1, size);
  const room = isFlat ? Math.max(size * 0.1, 0.1) : (most - least) * 0.06;
  const from = least >= 0 ? Math.max(0, least - room) : least - room;
  return scaleBetween(from, most + room, wanted);
}

/** An axis from exactly `from` to exactly `to`, which is more. `leastStep`: 1 where only whole numbers make sense. */
export function scaleBetween(from: number, to: number, wanted: number, leastStep = 0): PlotScale {
  const step = Math.max(leastStep, roundStep((to - from) / wanted));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
    const value = (first + at) * step;
    return { value, label: (value === 0 ? 0 : value).toFixed(Math.min(decimals, 6)) };
  });
  return { from, to, ticks };
}

/** How far along the axis a value lies, in percent. */
export function percentAlong({ from, to }: PlotScale, value: number): number {
  return Math.max(0, Math.min(100, (100 * (value - from)) / (to - from)));
}

/** The next 1, 2 or 5 times a power of ten. */
function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const factor = [1, 2, 5].find((each) => each * power >= atLeast * (1 - 1e-9)) ?? 10;
  return factor * power;
}
