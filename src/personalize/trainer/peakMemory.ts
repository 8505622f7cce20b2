import { readFileSync } from 'node:fs';

/**
 * The most memory this process has held at once, in bytes. Linux is asked for the process itself: its `maxRSS` begins
 * with what the parent held when it forked.
 */
export function peakBytes(): number {
  if (process.platform === 'linux') {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1_024;
  }
  return process.resourceUsage().maxRSS * 1_024;
}
