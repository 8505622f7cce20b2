// What builds the llama-server for tests, where it is missing and may be installed.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { command } from '../command.mjs';

/** Programs, and the Debian packages that they come with. */
const tools = { git: 'git', 'g++': 'g++', nm: 'binutils' };

/** Installs what is missing of git and a C++ compiler; where that needs rights that we lack, the build says so. */
export async function setUpCompiler() {
  const missing = Object.entries(tools).flatMap(([program, name]) => (isThere(program) ? [] : [name]));
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing ${missing.join(', ')} (apt-get) ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await command('apt-get', ['update', '-qq'], { env, stdout: 'quiet' });
  await command('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env, stdout: 'quiet' });
}

function isThere(program) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
