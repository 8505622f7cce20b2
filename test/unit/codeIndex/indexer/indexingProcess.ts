/**
 * Indexes a folder until it is killed or done, for tests that kill it: `node indexingProcess.ts <folder> <index folder>
 * <store> <grammars>`. Says `chunks <number>` whenever something was written.
 */
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { createDiscovery } from '../../../../src/codeIndex/discover/discovery.ts';
import { FileReaders } from '../../../../src/codeIndex/indexer/fileReaders.ts';
import { FolderIndexer } from '../../../../src/codeIndex/indexer/folderIndexer.ts';
import { Gate } from '../../../../src/codeIndex/indexer/gate.ts';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { createExclusion } from '../../../../src/privacy/exclusion.ts';

const [folder = '', indexFolder = '', location = '', grammarFolder = ''] = process.argv.slice(2);
const root = join(import.meta.dirname, '../../../..');
const log = silentLogger;

const { store } = await openStore({ location, folder, embedderId: 'test', dimensions: 256, chunkerVersion: '1', log });
await using reader = new FileReaders({
  workerPath: join(root, 'src/codeIndex/fileWorker.ts'),
  data: { grammarFolder, embedderPath: join(root, 'models/starter-embedder.safetensors') },
  workers: 1,
  log,
});
const indexer = await FolderIndexer.start({
  folder,
  indexFolder,
  store,
  discovery: createDiscovery({ folder, exclusion: createExclusion({ folders: [folder], log }), log }),
  reader,
  gate: new Gate({ powerSource: () => Promise.resolve('mains') }),
  paused: false,
  log,
  onProblem: () => {},
  storeFault: () => undefined,
});
let last = 0;
setInterval(() => {
  if (store.chunkCount === last) return;
  last = store.chunkCount;
  process.stdout.write(`chunks ${last}\n`);
}, 1);
await indexer.passesDone;
process.stdout.write('done\n');
