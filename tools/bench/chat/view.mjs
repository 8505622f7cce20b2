import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { usualTemperature } from '../../../src/engine/chat/answeredBy.ts';
import { root } from '../../install.mjs';
import { bundleSuites, copyWorkspace, suiteEnvironment } from '../../suites.mjs';
import { runSuites } from '../../vscodeHost/runSuites.mjs';
import { startHost } from './host.mjs';
import { hostPath } from './speed.mjs';

const suite = { name: 'chatSpeed' };

/**
 * Asks in the view of a real VS Code; each question is answered twice.
 * @returns {Promise<{kind: 'cold' | 'warm', promptTokens: number, tokens: number, view: object, host: object}[]>} `view` and
 *   `host`: `{firstMs, tokensPerSecond}` of the same answer
 */
export async function inView({ modelPath, question, rounds }) {
  const runner = await bundleSuites([suite]);
  const workspace = await copyWorkspace(suite);
  const out = join(root, 'out/chatSpeed');
  const order = { modelPath, question, rounds };
  try {
    const env = { ...suiteEnvironment(suite), HEARTH_BENCH: JSON.stringify(order) };
    const { failed, failures } = await runSuites({ extension: root, runner, workspace, out, env });
    if (failed > 0) throw new Error(failures.map(({ title, error }) => `${title}\n${error}`).join('\n'));
    const notes = readFileSync(join(out, 'notes.txt'), 'utf8').trim().split('\n');
    return notes.filter((line) => line.startsWith('{"kind"')).map((line) => JSON.parse(line));
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** Asks the model host the same, with nobody between; it writes until its context is full, too. */
export async function alone({ modelPath, question, rounds }) {
  const host = await startHost({ path: modelPath, threads: 0 });
  try {
    const path = hostPath(host);
    const told = [];
    for (let round = 0; round < rounds; round++) {
      const turns = [{ question: `(${round}) ${question}` }];
      told.push(await path.ask({ turns, maxTokens: 100_000, temperature: usualTemperature }));
    }
    return told;
  } finally {
    await host.stop();
  }
}
