import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The one folder that holds everything Hearth keeps (models, events, adapters), shared by every editor of this user.
 * `HEARTH_HOME` moves it (tests, portable installs). Deleting the folder deletes all that Hearth knows.
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const moved = env['HEARTH_HOME'];
  if (moved) return moved;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Hearth');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Hearth');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'hearth');
}
