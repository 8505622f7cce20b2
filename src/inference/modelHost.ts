/**
 * The model host: a process of its own that loads one model and answers the clients on its private socket.
 * Usage: `node modelHost.js <HostConfig as JSON>`. The only importer of node-llama-cpp.
 */
import { readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import type { HostConfig } from './host/hostProtocol.ts';
import { HostServer } from './host/hostServer.ts';
import { loadModel } from './host/loadModel.ts';
import { listenAlone } from './host/soleListener.ts';

const config: HostConfig = JSON.parse(process.argv[2] ?? '');
process.title = 'hearth-model';
// Embedding a workspace takes minutes: whoever types, in this editor or another program, goes first.
if (config.purpose === 'embed') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const server = new HostServer({
  key: await readFile(config.keyPath, 'utf8'),
  level: config.level,
  lingerMs: config.lingerMs,
  exit,
});
const listener = await listenAlone(config.endpoint, config.lockPath, (socket) => void server.accept(socket));
// Another window was faster: its host serves both.
if (listener === undefined) process.exit(0);
process.once('SIGTERM', exit);

// Imported late: a host that lost the race should be gone before it costs anything.
const library = await import('node-llama-cpp');
server.loaded(await loadModel(library, config));

/** Leaves without tearing down the model: the system frees its memory faster than we could. */
function exit(): void {
  // Closing removes the socket; clients that came in this instant are turned away and start a new host.
  listener?.close();
  process.exit(0);
}
