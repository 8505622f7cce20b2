/**
 * The index host: a process of its own that keeps the index of every workspace folder and searches it.
 * Usage: `node indexHost.js <IndexHostPaths as JSON>`, with an IPC channel to the engine.
 */
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { IndexedWorkspace } from './host/indexedWorkspace.ts';
import { type IndexHostPaths, IndexMessage } from './host/indexProtocol.ts';
import { remoteEmbedder, remoteLogger, remoteRerank } from './host/remoteParts.ts';
import { serveIndexHost } from './host/serveIndexHost.ts';
import { openEmbedding } from './openEmbedding.ts';
import { search } from './search/search.ts';

const paths: IndexHostPaths = JSON.parse(process.argv[2] ?? '');
process.title = 'hearth-index';

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const log = remoteLogger(connection);
const rerank = remoteRerank(connection);
const workspace = new IndexedWorkspace({
  indexFolder: paths.indexFolder,
  openEmbedding: (choice) =>
    openEmbedding({
      paths,
      waitsForTheUser: true,
      log,
      ...(choice.kind === 'model' ? { model: remoteEmbedder(connection, choice) } : {}),
    }),
  search: (request, { reranks, ...parts }, signal) =>
    search(request, { ...parts, log, ...(reranks ? { rerank } : {}) }, signal),
  log,
  onProblem: (problem) => void connection.sendNotification(IndexMessage.problem, problem),
});
serveIndexHost(connection, workspace, log);

// The engine is gone, however it went.
process.once('disconnect', () => {
  setTimeout(() => process.exit(0), 1_000).unref();
  void workspace[Symbol.asyncDispose]().finally(() => process.exit(0));
});
