/** An index host without an index: answers a search with what it was told, and dies when it is asked to. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { type IndexHostPaths, IndexMessage, type IndexWishes } from '../../../../src/codeIndex/host/indexProtocol.ts';

const paths: IndexHostPaths = JSON.parse(process.argv[2] ?? '');
const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
let wishes: IndexWishes | undefined;
let changes = 0;

connection.onNotification(IndexMessage.wishes, (given) => {
  wishes = given;
  if (given.folders.includes('/dies')) process.exit(7);
  if (given.folders.includes('/unsupported'))
    void connection.sendNotification(IndexMessage.problem, { code: 'index.unsupported', reason: 'no AVX2' });
  void connection.sendNotification(IndexMessage.status, { state: 'ready', files: given.folders.length, chunks: 0 });
});
connection.onNotification(IndexMessage.changed, (files) => void (changes += files.length));
connection.onRequest(IndexMessage.search, async ({ text }, token) => {
  if (text === 'die') process.kill(process.pid, 'SIGKILL');
  if (text === 'wait')
    await new Promise<void>((resolve) => {
      token.onCancellationRequested(() => resolve());
    });
  const vectors = text === 'embed' ? await connection.sendRequest(IndexMessage.embed, call) : [];
  const said = { folders: wishes?.folders, changes, env: Object.keys(process.env), vector: [...(vectors[0] ?? [])] };
  return { hits: [hitSaying(JSON.stringify(said))], complete: true };
});
connection.onRequest(IndexMessage.order, () => {
  writeFileSync(join(paths.indexFolder, 'ordered'), '');
  return null;
});
connection.listen();
process.once('disconnect', () => {
  writeFileSync(join(paths.indexFolder, 'left'), '');
  process.exit(0);
});

const call = { id: 'model', texts: ['text'], role: 'passage' } as const;

function hitSaying(text: string) {
  return {
    folder: '/',
    path: 'said',
    languageId: 'json',
    symbolPath: [],
    kind: 'block' as const,
    startLine: 0,
    endLine: 1,
    header: '',
    text,
    score: 1,
    reasons: [],
  };
}
