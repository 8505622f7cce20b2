// Loaded by VS Code's extension host: runs a bundled suite and writes down what it reported.
import { appendFileSync, writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { testEnvironment } from './testEnvironment.ts';

/** VS Code calls this and takes a rejection for a failed run. */
export async function run(): Promise<void> {
  const { result, suite, grep } = testEnvironment();
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, forbidOnly: true, ...(grep === undefined ? {} : { grep }) });
  mocha.addFile(suite);
  const failures: { title: string; error: string }[] = [];
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => {
      appendFileSync(`${result}.log`, `ok ${test.fullTitle()} (${test.duration ?? 0} ms)\n`);
    });
    runner.on('fail', (test, error: Error) => {
      failures.push({ title: test.fullTitle(), error: error.stack ?? error.message });
      appendFileSync(`${result}.log`, `FAILED ${test.fullTitle()}\n${error.stack ?? error.message}\n`);
    });
    runner.on('end', () => {
      const passed = runner.stats?.passes ?? 0;
      writeFileSync(result, JSON.stringify({ passed, failed: failures.length, failures }));
    });
  });
  if (failed > 0) throw new Error(`${failed} failed`);
}
