import type { GatheredItem } from '../../../chat/context/fitItems.ts';
import type { Lines } from './region.ts';

/**
 * The file as the model sees it: whole when it has room, else as many lines around the region as have. Undefined when
 * not even the region has.
 */
export function fileItem(
  path: string,
  text: string,
  region: Lines,
  fits: (item: GatheredItem) => boolean,
): GatheredItem | undefined {
  const whole: GatheredItem = { kind: 'file', label: path, path, text };
  if (fits(whole)) return whole;
  const lines = text.split('\n');
  const around = (margin: number): GatheredItem => {
    const startLine = Math.max(1, region.startLine - margin);
    const endLine = Math.min(lines.length, region.endLine + margin);
    return { ...whole, startLine, endLine, text: lines.slice(startLine - 1, endLine).join('\n') };
  };
  if (!fits(around(0))) return undefined;
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(around(middle))) low = middle;
    else high = middle - 1;
  }
  return around(low);
}
