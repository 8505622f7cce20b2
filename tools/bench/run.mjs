import { spawn } from 'node:child_process';

/**
 * Runs a program to its end; its diagnostics go to a shared stderr.
 * @returns {Promise<string>} its standard output
 * @throws when it cannot be started or does not exit with 0
 */
export function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let diagnostics = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (diagnostics = (diagnostics + data).slice(-4000)));
    child.on('error', (cause) => reject(new Error(`${program} cannot be started: ${cause.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${[program, ...args].join(' ')} ended with ${signal ?? code}:\n${diagnostics}`));
    });
  });
}
