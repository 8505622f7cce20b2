// Starts and stops VS Code's server with an empty profile of its own.
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcessesBelow, shortLinger } from './leftovers.mjs';
import { nodePath, serverMain } from './setup.mjs';

const startTimeoutMs = 60_000;
const stopTimeoutMs = 5_000;
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Nothing that talks to the network, asks questions, or moves while a screenshot is taken. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  // A test can have the dark look without a change of settings.
  'window.autoDetectColorScheme': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'window.confirmBeforeClose': 'never',
  // Its own file dialog, which keys can answer, instead of the system's.
  'files.simpleDialog.enable': true,
  // In a browser the default saves a second after the last key: on a slow machine before a test has looked.
  'files.autoSave': 'off',
  'editor.inlineSuggest.enabled': true,
  // With the suggest widget open, Tab takes the widget's item, not the ghost text.
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
};

/** Everything one VS Code writes, Hearth's own data included, in one temporary folder. */
export function makeProfile() {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-vscode-'));
  const profile = {
    folder,
    userData: join(folder, 'user-data'),
    extensions: join(folder, 'extensions'),
    hearthHome: join(folder, 'hearth'),
  };
  for (const each of Object.values(profile)) mkdirSync(each, { recursive: true });
  return profile;
}

/** Ends what the profile's processes left running (the model host outlives its last window) and deletes the folder. */
export function removeProfile(profile) {
  endProcessesBelow(profile.folder);
  rmSync(profile.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

export function writeUserSettings(profile, { trust = 'off', settings = {} } = {}) {
  // In Restricted Mode without being asked, which a test could not answer before VS Code is up.
  const restricted = { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };
  const all = { ...quietSettings, ...(trust === 'restricted' ? restricted : {}), ...settings };
  mkdirSync(join(profile.userData, 'User'), { recursive: true });
  writeFileSync(join(profile.userData, 'User/settings.json'), JSON.stringify(all, null, 2));
}

export function installExtension(profile, vsix) {
  const args = [serverMain, ...folderArguments(profile), '--install-extension', vsix, '--force'];
  const { status, stdout, stderr } = spawnSync(nodePath, args, { encoding: 'utf8', env: cleanEnvironment(profile) });
  if (status !== 0) throw new Error(`VS Code did not install ${vsix}:\n${stdout}${stderr}`);
}

/**
 * Resolves once the server answers: `{ origin, uri(path), stop() }`.
 * `trust`: 'off' trusts everything; 'restricted' opens every folder in Restricted Mode.
 */
export async function startServer(profile, { port = 0, env = {}, settings = {}, trust = 'off', logFolder }) {
  writeUserSettings(profile, { trust, settings });
  const listenPort = port || (await freePort());
  const logFile = join(logFolder, 'server.log');
  const log = openSync(logFile, 'w');
  const args = [
    serverMain,
    '--host',
    '127.0.0.1',
    `--port=${listenPort}`,
    '--without-connection-token',
    ...folderArguments(profile),
    '--telemetry-level=off',
    '--disable-telemetry',
    ...(trust === 'off' ? ['--disable-workspace-trust'] : []),
    // Without it a built VS Code ignores the development extension and the tests named in the page's address.
    '--enable-smoke-test-driver',
  ];
  // A process group of its own, so that stopping it leaves no extension host behind.
  const child = spawn(nodePath, args, {
    stdio: ['ignore', log, log],
    detached: true,
    env: cleanEnvironment(profile, env),
  });
  closeSync(log);
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`));
  });
  const signalGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Already gone.
    }
  };
  // Also when this process is stopped half-way.
  const abandon = () => {
    signalGroup('SIGKILL');
    removeProfile(profile);
    process.exit(1);
  };
  for (const signal of stopSignals) process.once(signal, abandon);
  const stop = async () => {
    signalGroup('SIGTERM');
    const tooLong = setTimeout(() => signalGroup('SIGKILL'), stopTimeoutMs);
    await exited;
    clearTimeout(tooLong);
    signalGroup('SIGKILL');
    for (const signal of stopSignals) process.off(signal, abandon);
    const logs = join(profile.userData, 'logs');
    if (existsSync(logs)) cpSync(logs, join(logFolder, 'server-logs'), { recursive: true });
  };

  const origin = `http://127.0.0.1:${listenPort}`;
  const deadline = Date.now() + startTimeoutMs;
  while (!(await answers(`${origin}/version`))) {
    const ended = await Promise.race([exited, delay(100, undefined)]);
    if (ended === undefined && Date.now() < deadline) continue;
    signalGroup('SIGKILL');
    throw new Error(`VS Code's server ${ended ?? 'did not answer'}:\n${readFileSync(logFile, 'utf8').slice(-4000)}`);
  }
  return { origin, uri: (path) => `vscode-remote://127.0.0.1:${listenPort}${path}`, stop };
}

/** The page's address: opens `folder`, with the driver's keys (`extensionDevelopmentPath`, ...) as `payload`. */
export function workbenchAddress(server, folder, payload) {
  const query = new URLSearchParams({ folder, payload: JSON.stringify([['skipWelcome', 'true'], ...payload]) });
  return `${server.origin}/?${query}`;
}

function folderArguments({ folder, userData, extensions }) {
  const folders = ['--server-data-dir', folder, '--user-data-dir', userData, '--extensions-dir', extensions];
  return [...folders, '--accept-server-license-terms'];
}

function cleanEnvironment(profile, extra = {}) {
  const env = {
    ...process.env,
    HEARTH_HOME: profile.hearthHome,
    ...shortLinger,
    XDG_RUNTIME_DIR: profile.folder, // where VS Code puts its sockets
    EXTENSIONS_GALLERY: '{}', // no marketplace
    ...extra,
  };
  // What another VS Code or npm told us is not for this one.
  const names = Object.keys(env).filter((name) => !/^(VSCODE_|npm_)/.test(name));
  return Object.fromEntries(names.map((name) => [name, env[name]]));
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
