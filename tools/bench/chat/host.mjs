import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { createModelRunner } from '../../../src/inference/host/modelRunner.ts';
import { root } from '../../install.mjs';

const entries = { plain: 'dist/modelHost.js', dictating: 'tools/bench/chat/dictatingHost.mjs' };
const never = new AbortController().signal;

/**
 * A model in a host of its own, as the engine runs it; on the processor unless told.
 * @param {{path: string, threads: number, kind?: 'plain' | 'dictating', gpu?: 'auto' | 'off', fimFormats?: object[]}} options
 */
export async function startHost({ path, threads, kind = 'plain', gpu = 'off', fimFormats = [] }) {
  const home = mkdtempSync(join(tmpdir(), 'hearth-bench-'));
  const dataFolder = join(home, 'data');
  mkdirSync(dataFolder);
  const runner = createModelRunner({
    entry: join(root, entries[kind]),
    dataFolder,
    gpu,
    threads,
    fimFormats,
    log: silentLogger,
    lingerMs: 1000,
  });
  const model = await runner.use({ id: path, name: path, path });

  return {
    model,
    encode: runner.encode,
    /** Answers when the whole output is there. */
    async write(request) {
      const startMs = performance.now();
      const writing = runner.generate(
        { typed: '', stop: [], temperature: 0, priority: 'chat', room: 'long', ...request },
        never,
      );
      let text = '';
      let firstMs;
      for (;;) {
        const next = await writing.next();
        if (next.done) return { text, firstMs, totalMs: performance.now() - startMs, stats: next.value };
        firstMs ??= performance.now() - startMs;
        text += next.value.text;
      }
    },
    async tokensAfter(prompt, text) {
      const [{ tokens, from }] = await runner.encode({ samples: [{ prompt, typed: '', text }] }, never);
      return { promptTokens: from, tokens: tokens.slice(from) };
    },
    /** What the dictating host writes from now on; see there. */
    dictate: (dictation) => writeFileSync(join(dataFolder, 'run/dictation.json'), JSON.stringify(dictation)),
    async stop() {
      await runner[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
