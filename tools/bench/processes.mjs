import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What Linux knows about running processes; the benchmark runs on Linux only. */
const ticksPerSecond = 100;

/** Resident memory, and the part of it that is not a file mapped into memory (a model usually is), in bytes. */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))?.[1] ?? 0) * 1024;
  return { residentBytes: bytes('VmRSS'), anonymousBytes: bytes('RssAnon') };
}

/** The highest resident memory so far, in bytes; undefined when the process is gone. */
export function peakBytesOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)[1]) * 1024;
  } catch {
    return undefined;
  }
}

/** Processor time used so far, all threads, in seconds. */
export function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Processes whose environment holds this variable with this value: an engine and everything it started. */
export function pidsWith(name, value) {
  const isOne = (pid) => {
    try {
      readlinkSync(`/proc/${pid}/exe`);
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${name}=${value}`);
    } catch {
      return false; // gone, or somebody else's
    }
  };
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid && isOne(entry))
    .map(Number);
}

/** The command line, for telling the processes of one engine apart. */
export function commandOf(pid) {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
}
