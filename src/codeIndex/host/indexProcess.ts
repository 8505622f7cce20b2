import { fork } from 'node:child_process';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { childEnvironment } from '../../base/childEnvironment.ts';
import type { IndexHostPaths } from './indexProtocol.ts';

export interface IndexProcessOptions {
  /** Path of `indexHost.ts` or `dist/indexHost.js`. */
  readonly entry: string;
  readonly paths: IndexHostPaths;
  /** Whether it may know how to reach object storage: addresses, keys, proxies. */
  readonly reachesStorage: boolean;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to its standard error. */
  readonly lastWords: string;
}

/** A running index host. Disposing ends it. */
export interface IndexProcess extends AsyncDisposable {
  readonly pid: number | undefined;
  readonly connection: MessageConnection;
  readonly ended: Promise<ProcessEnd>;
}

/** The heap holds file tables and chunks under way; the rows themselves lie outside of it. */
const nodeOptions = ['--max-old-space-size=512', '--max-semi-space-size=8'];
/** One allocation arena per thread costs hundreds of megabytes; two are enough. */
const memoryOptions = { MALLOC_ARENA_MAX: '2' };
const storageVariables = [/^AWS_/, /^(HTTPS?|NO|ALL)_PROXY$/i, /^SSL_CERT_(FILE|DIR)$/];
const lastWordsCharacters = 2_000;
/** A host that does not leave by itself within this time is killed: its files survive that. */
const leaveMs = 2_000;

/** Starts the index host. It ends by itself when this process does, because the channel between them closes. */
export function startIndexProcess({ entry, paths, reachesStorage }: IndexProcessOptions): IndexProcess {
  const child = fork(entry, [JSON.stringify(paths)], {
    execArgv: nodeOptions,
    env: { ...childEnvironment(process.env, reachesStorage ? storageVariables : []), ...memoryOptions },
    // Structured clone: vectors cross as bytes.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-lastWordsCharacters);
  });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('error', (cause) => resolve({ code: null, signal: null, lastWords: cause.message }));
    child.once('exit', (code, signal) => resolve({ code, signal, lastWords }));
  });
  void ended.then(() => connection.dispose());
  connection.listen();
  return {
    pid: child.pid,
    connection,
    ended,
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      const killer = setTimeout(() => child.kill('SIGKILL'), leaveMs);
      await ended;
      clearTimeout(killer);
    },
  };
}
