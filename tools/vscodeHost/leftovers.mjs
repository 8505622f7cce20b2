// Finds processes that outlive the run that caused them: no process group holds a model host, because it is meant to
// outlive its windows. What marks it as ours is that its output goes to a log below the run's temporary folder.
import { readdirSync, readlinkSync } from 'node:fs';
import { sep } from 'node:path';

/** For the environment of a run: how long a model host stays without clients. */
export const shortLinger = { HEARTH_LINGER_MS: '2000' };

/** Ends every process that writes to a file below `folder`. Linux only; elsewhere a short linger has to do. */
export function endProcessesBelow(folder) {
  if (process.platform !== 'linux') return;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      if (readlinkSync(`/proc/${name}/fd/1`).startsWith(folder + sep)) process.kill(Number(name), 'SIGKILL');
    } catch {
      // Ended while we looked, or another user's.
    }
  }
}
