// Finds processes that outlive the run that caused them. The model host is meant to outlive its windows, so no process
// group holds it; what marks it as ours is the temporary HEARTH_HOME in its environment.
import { readdirSync, readFileSync } from 'node:fs';

/** Ends every process whose HEARTH_HOME lies in `folder`. Linux only; elsewhere the model host leaves by itself. */
export function endProcessesBelow(folder) {
  if (process.platform !== 'linux') return;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      if (environment.some((each) => each.startsWith(`HEARTH_HOME=${folder}`))) process.kill(Number(name), 'SIGKILL');
    } catch {
      // Ended while we looked, or another user's.
    }
  }
}
