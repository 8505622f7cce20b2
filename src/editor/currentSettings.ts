import { workspace } from 'vscode';
import { parseSettings, type Settings } from '../protocol/settings.ts';

/** The `hearth` section as VS Code merged it (user, remote, workspace), as plain JSON that can cross a process. */
export function rawSettings(): unknown {
  // VS Code hands out proxies, which structuredClone refuses.
  return JSON.parse(JSON.stringify(workspace.getConfiguration().get('hearth') ?? {}));
}

export function currentSettings(): Settings {
  return parseSettings(workspace.getConfiguration().get('hearth'));
}
