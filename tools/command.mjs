// Running other programs from the scripts in this folder.
import { spawn } from 'node:child_process';

// npm and npx are batch files on Windows, which only a shell starts; every argument here is our own text.
const needsShell = (program) => process.platform === 'win32' && /^(npm|npx|code)$/.test(program);

/**
 * Runs a program to its end. Resolves to its exit code (128 after a signal, 127 when it does not exist); never rejects.
 * `stdout: 'quiet'` keeps the output back unless the program fails.
 */
export function tryCommand(program, args, { cwd, env, stdout = 'inherit' } = {}) {
  return new Promise((resolve) => {
    const quiet = stdout === 'quiet';
    const child = spawn(program, args, {
      cwd,
      env: env ? { ...process.env, ...env } : process.env,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      shell: needsShell(program),
    });
    const kept = [];
    child.stdout?.on('data', (chunk) => kept.push(chunk));
    child.stderr?.on('data', (chunk) => kept.push(chunk));
    child.once('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(127);
    });
    child.once('close', (code) => {
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(kept));
      resolve(code ?? 128);
    });
  });
}

/** The same, for a step that everything after it needs: throws when the program fails. */
export async function command(program, args, options) {
  const code = await tryCommand(program, args, options);
  if (code !== 0) throw new Error(`"${[program, ...args].join(' ')}" ended with exit code ${code}`);
}
