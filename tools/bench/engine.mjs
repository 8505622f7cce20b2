import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CancellationTokenSource,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { commandOf, cpuSeconds, memoryOf, pidsWith } from './processes.mjs';

/** Hearth's engine as any editor runs it: `node dist/server.js --stdio`, spoken to in plain LSP 3.18. */
const server = fileURLToPath(new URL('../../dist/server.js', import.meta.url));
const triggerAutomatic = 2;
const startTimeoutMs = 120_000;

/**
 * Starts an engine with a data folder of its own, and so a model host of its own.
 * @param {{model?: string, threads: number}} options without a model: the embedded starter
 */
export async function startEngine({ model = '', threads }) {
  const startMs = performance.now();
  const home = mkdtempSync(join(tmpdir(), 'hearth-bench-'));
  const workspace = pathToFileURL(join(home, 'workspace')).href;
  const child = spawn(process.execPath, [server, '--stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // The model host gets TMPDIR from the engine, so that both can be told by it.
    env: { ...process.env, HEARTH_HOME: home, TMPDIR: home },
  });
  const lsp = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  lsp.onUnhandledNotification(() => {});
  // What the last finished draft cost; the engine logs it just before it answers (src/inference/completion/drafter.ts).
  let draft;
  lsp.onNotification('window/logMessage', ({ message }) => {
    if (message.startsWith('drafted a line (model)')) draft = workOf(message);
  });
  const ready = untilReady(lsp);
  lsp.listen();
  await lsp.sendRequest('initialize', {
    processId: process.pid,
    rootUri: workspace,
    capabilities: { textDocument: { inlineCompletion: {} } },
    // One line, as the peer's `stop` has it; everything else is what a user gets.
    initializationOptions: { settings: { model, threads, gpu: 'off', multiline: 'never' } },
  });
  await lsp.sendNotification('initialized', {});
  await ready;
  const readyMs = performance.now() - startMs;
  let document = { uri: '', version: 0, text: '' };

  return {
    name: 'Hearth',
    readyMs,
    open({ name, languageId, text }) {
      document = { uri: `${workspace}/${name}`, version: 1, text };
      void lsp.sendNotification('textDocument/didOpen', { textDocument: { ...document, languageId } });
    },
    change({ start, end, inserted }, text) {
      const range = { start: positionAt(document.text, start), end: positionAt(document.text, end) };
      document = { uri: document.uri, version: document.version + 1, text };
      void lsp.sendNotification('textDocument/didChange', {
        textDocument: { uri: document.uri, version: document.version },
        contentChanges: [{ range, text: inserted }],
      });
    },
    close() {
      void lsp.sendNotification('textDocument/didClose', { textDocument: { uri: document.uri } });
    },
    async complete({ text, cursor }, signal) {
      const cancellation = new CancellationTokenSource();
      signal.addEventListener('abort', () => cancellation.cancel(), { once: true });
      draft = undefined;
      const result = await lsp.sendRequest(
        'textDocument/inlineCompletion',
        {
          textDocument: { uri: document.uri },
          position: positionAt(text, cursor),
          context: { triggerKind: triggerAutomatic },
        },
        cancellation.token,
      );
      const items = Array.isArray(result) ? result : (result?.items ?? []);
      return { text: items[0]?.insertText ?? '', work: draft };
    },
    processes: () =>
      pidsWith('TMPDIR', home).map((pid) => ({
        name: commandOf(pid).includes('server.js') ? 'engine' : 'model host',
        ...memoryOf(pid),
      })),
    cpuSeconds: () => pidsWith('TMPDIR', home).reduce((sum, pid) => sum + cpuSeconds(pid), 0),
    async stop() {
      await lsp.sendRequest('shutdown').catch(() => {});
      lsp.dispose();
      // The model host would wait a minute for another window.
      for (const pid of pidsWith('TMPDIR', home)) process.kill(pid, 'SIGKILL');
      rmSync(home, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** `... evaluated=3 reused=230 ...` as numbers by name. */
function workOf(message) {
  return Object.fromEntries(
    Array.from(message.matchAll(/(\w+)=([\d.]+)/g), ([, name, value]) => [name, Number(value)]),
  );
}

/** Resolves at the first `ready`; rejects when the engine says why it cannot be. */
function untilReady(lsp) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The engine did not become ready')), startTimeoutMs);
    lsp.onNotification('hearth/status', ({ state, problem }) => {
      if (state === 'loading' || state === 'thinking') return;
      clearTimeout(timer);
      if (state === 'ready') resolve();
      else reject(new Error(`The engine is ${state}: ${JSON.stringify(problem)}`));
    });
    lsp.onClose(() => reject(new Error('The engine ended; run `npm run build` first')));
  });
}

function positionAt(text, offset) {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 0;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  return { line, character: offset - lineStart };
}
