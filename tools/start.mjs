// npm start: opens Hearth in a real VS Code on samples/workspace, from a fresh clone with nothing installed.
// npm start -- --demo: the same without a person, see demo.mjs. Imports only what needs no `npm ci`.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, installPackages, root } from './install.mjs';
import { setUpHost } from './vscodeHost/setup.mjs';

const { values } = parseArgs({
  options: { demo: { type: 'boolean' }, browser: { type: 'boolean' }, port: { type: 'string', default: '0' } },
});
const samples = join(root, 'samples/workspace');

try {
  await installPackages();
  await build();
  if (values.demo) {
    await setUpHost();
    const { demo } = await import('./demo.mjs');
    process.exitCode = await demo();
  } else if (!values.browser && hasCodeCommand()) {
    spawn('code', [`--extensionDevelopmentPath=${root}`, samples], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
  } else {
    await setUpHost();
    await serve(Number(values.port));
  }
} catch (error) {
  console.error(`npm start failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

function hasCodeCommand() {
  return spawnSync('code', ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;
}

/** Serves VS Code to a browser until Ctrl+C. */
async function serve(port) {
  const { makeProfile, startServer, workbenchAddress } = await import('./vscodeHost/server.mjs');
  const logFolder = join(root, 'out/start');
  mkdirSync(logFolder, { recursive: true });
  const profile = makeProfile();
  const server = await startServer(profile, { port, logFolder });
  const address = workbenchAddress(server, samples, [['extensionDevelopmentPath', server.uri(root)]]);
  console.log(`\nVS Code with Hearth:\n\n  ${address}\n\nCtrl+C stops it.`);
  // The server ends with this process, and takes its temporary folder with it.
}
