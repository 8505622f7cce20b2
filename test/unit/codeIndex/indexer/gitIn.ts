import { execFileSync } from 'node:child_process';

/** Runs git in a folder, without the user's configuration, and returns what it says. */
export function gitIn(folder: string): (...args: string[]) => string {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  };
  return (...args) => execFileSync('git', args, { cwd: folder, env, encoding: 'utf8' }).trim();
}
