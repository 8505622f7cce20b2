import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { nodePath } from '../vscodeHost/setup.mjs';

/**
 * Runs a benchmark on the Node of a VS Code of today, where that is installed: as the product runs, with SQLite, and `src/`
 * as it is. Starts this program anew for it, unless it runs there already.
 */
export async function onTodaysNode(main) {
  if (existsSync(nodePath) && process.execPath !== realpathSync(nodePath))
    process.exitCode = spawnSync(nodePath, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1;
  else await main();
}
