import assert from 'node:assert/strict';
import { copyFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Logger, silentLogger } from '../../../../src/base/logger.ts';
import { catalogue, catalogueModel, fileNameOf, isDownloadable } from '../../../../src/inference/models/catalogue.ts';
import { createModelStore, type ModelStore } from '../../../../src/inference/models/modelStore.ts';
import { type Problem, ProblemError } from '../../../../src/protocol/problems.ts';
import { encoderDouble } from './encoderDouble.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const starterPath = join(import.meta.dirname, '../../../../models/starter.gguf');
const hardware = { memoryBytes: 16e9, freeMemoryBytes: 8e9, physicalCores: 8 };

describe('the model store', () => {
  const folder = temporaryFolder();
  const inFolder = (name: string) => join(folder(), name);
  const store = (log: Logger = silentLogger): ModelStore =>
    createModelStore({ starterPath, modelsFolder: folder(), log });
  const choice = async (id: string, selectedId = '') =>
    (await store().list(hardware, selectedId)).find((each) => each.id === id);
  const stateAndHost = async (id: string) => {
    const found = await choice(id);
    return [found?.state, found?.host];
  };
  const problemOf = (id: string) => problemIn(store().resolve(id));
  const embedderProblem = (id: string) => problemIn(store().resolveEmbedder(id));
  const namesFor = async (use?: 'chat' | 'embedding' | 'rerank') =>
    (await store().list(hardware, '', use)).filter(({ state }) => state === 'downloaded').map(({ name }) => name);

  describe('list', () => {
    it('offers the completion models of the catalogue, one of them recommended, even without a folder', async () => {
      const elsewhere = createModelStore({ starterPath, modelsFolder: inFolder('none'), log: silentLogger });
      const choices = await elsewhere.list(hardware, '');
      assert.deepEqual(
        choices.map(({ id }) => id),
        catalogue.filter(({ use }) => use === 'completion').map(({ id }) => id),
      );
      assert.deepEqual(
        choices.filter(({ fit }) => fit === 'recommended').map(({ id }) => id),
        ['qwen2.5-coder-1.5b'],
      );
      assert.deepEqual([choices[0]?.state, choices[0]?.host], ['embedded', undefined]);
    });

    it('offers those for chat on their own, one of them recommended', async () => {
      const choices = await store().list(hardware, '', 'chat');
      assert.deepEqual(
        choices.map(({ id, fit }) => [id, fit]),
        [
          ['qwen2.5-coder-1.5b-instruct', 'recommended'],
          ['qwen2.5-coder-7b-instruct', 'slow'],
        ],
      );
    });

    it('names the host only of what is not here yet', async () => {
      assert.deepEqual(await stateAndHost('mellum-4b'), ['available', 'huggingface.co']);
      await writeFile(`${inFolder(fileNameById('mellum-4b'))}.part`, 'some');
      assert.deepEqual(await stateAndHost('mellum-4b'), ['partial', 'huggingface.co']);
      await writeFile(inFolder(fileNameById('mellum-4b')), 'all');
      assert.deepEqual(await stateAndHost('mellum-4b'), ['downloaded', undefined]);
    });

    it('does not take a file of the wrong size for the model', async () => {
      await writeFile(inFolder(fileNameById('codegemma-2b')), 'not all');
      assert.deepEqual(await stateAndHost('codegemma-2b'), ['available', 'huggingface.co']);
      await truncate(inFolder(fileNameById('codegemma-2b')), catalogueModel('codegemma-2b')?.downloadBytes);
      assert.deepEqual(await stateAndHost('codegemma-2b'), ['downloaded', undefined]);
    });

    it('adds the sound GGUF files that lie in the folder and logs the others', async () => {
      await copyFile(starterPath, inFolder('mine.gguf'));
      await writeFile(inFolder('broken.gguf'), 'GGUF');
      await writeFile(inFolder('notes.txt'), '');
      const warnings: string[] = [];
      const choices = await store({ ...silentLogger, warn: (text) => warnings.push(text) }).list(hardware, '');
      const added = choices.slice(catalogue.filter(({ use }) => use === 'completion').length);
      assert.deepEqual(
        added.map(({ id, name, state, fit, host }) => ({ id, name, state, fit, host })),
        [{ id: inFolder('mine.gguf'), name: 'mine', state: 'downloaded', fit: 'good', host: undefined }],
      );
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? '', /broken\.gguf/);
    });

    it('shows the selected file wherever it lies, once', async () => {
      assert.equal((await choice(starterPath, starterPath))?.state, 'downloaded');
      await copyFile(starterPath, inFolder('mine.gguf'));
      const choices = await store().list(hardware, inFolder('mine.gguf'));
      assert.equal(choices.filter(({ name }) => name === 'mine').length, 1);
    });
  });

  describe('resolve', () => {
    it('finds the starter by nothing and by its id', async () => {
      const starter = await store().resolve('');
      assert.deepEqual(await store().resolve('starter'), starter);
      assert.deepEqual(
        { ...starter, memoryBytes: 0 },
        {
          id: 'starter',
          name: 'Hearth starter',
          title: 'Hearth starter 1',
          path: starterPath,
          memoryBytes: 0,
          fimFormat: 'starter',
          chats: false,
        },
      );
    });

    it('finds a downloaded model by id and by path, with its FIM format', async () => {
      const path = inFolder(fileNameById('mellum-4b'));
      await copyFile(starterPath, path);
      const model = await store().resolve('mellum-4b');
      assert.deepEqual([model.path, model.name, model.fimFormat], [path, 'Mellum 4B', 'mellum']);
      assert.deepEqual(await store().resolve(path), model);
    });

    it('takes any other sound GGUF by its absolute path', async () => {
      const path = inFolder('mine.gguf');
      await copyFile(starterPath, path);
      const { memoryBytes, ...model } = await store().resolve(path);
      assert.deepEqual(model, { id: path, name: 'mine', title: 'Hearth starter 1', path });
      assert.ok(memoryBytes > 300e6 && memoryBytes < 400e6);
    });

    it('says why it cannot', async () => {
      assert.deepEqual(await problemOf('gpt-9'), { code: 'model.unknown', id: 'gpt-9' });
      assert.deepEqual(await problemOf('../mine.gguf'), { code: 'model.unknown', id: '../mine.gguf' });
      assert.deepEqual(await problemOf('mellum-4b'), { code: 'model.notDownloaded', name: 'Mellum 4B' });
      assert.equal((await problemOf(inFolder('none.gguf'))).code, 'model.missing');
      await writeFile(inFolder('text.gguf'), 'not a model');
      assert.equal((await problemOf(inFolder('text.gguf'))).code, 'model.notGguf');
      await copyFile(starterPath, inFolder(fileNameById('mellum-4b')));
      await truncate(inFolder(fileNameById('mellum-4b')), 5_000_000);
      assert.equal((await problemOf('mellum-4b')).code, 'model.truncated');
    });
  });

  describe('models that search', () => {
    beforeEach(async () => {
      await writeFile(inFolder('embeds.gguf'), encoderDouble());
      await writeFile(inFolder('ranks.gguf'), encoderDouble({ ranks: true, pooling: 4 }));
      await copyFile(starterPath, inFolder('writes.gguf'));
    });

    it('are listed for their use only, the catalogue’s and those in the folder', async () => {
      assert.deepEqual(await namesFor(), ['writes']);
      assert.deepEqual(await namesFor('chat'), []);
      assert.deepEqual(await namesFor('embedding'), ['embeds']);
      assert.deepEqual(await namesFor('rerank'), ['ranks']);
      for (const use of ['embedding', 'rerank'] as const) {
        const choices = await store().list(hardware, '', use);
        const rows = catalogue.filter((row) => row.use === use).map(({ id }) => id);
        assert.deepEqual(choices.map(({ id }) => id).slice(0, rows.length), rows);
        assert.ok(!choices.some(({ fit }) => fit === 'recommended'));
      }
    });

    it('cannot be chosen to complete code', async () => {
      for (const name of ['embeds', 'ranks'])
        assert.deepEqual(await problemOf(inFolder(`${name}.gguf`)), { code: 'model.noFim', name });
    });

    it('are found by id and by path, and nothing else is', async () => {
      const path = inFolder(fileNameById('nomic-embed-code'));
      await writeFile(path, encoderDouble({ name: 'double' }));
      const { memoryBytes, ...model } = await store().resolveEmbedder('nomic-embed-code');
      assert.deepEqual(model, { id: 'nomic-embed-code', name: 'Nomic Embed Code 7B', title: 'double', path });
      assert.ok(memoryBytes > 5e9);
      assert.equal((await store().resolveEmbedder(inFolder('embeds.gguf'))).name, 'embeds');
      assert.deepEqual(await embedderProblem('gpt-9'), { code: 'model.unknownEmbedder', id: 'gpt-9' });
      assert.equal((await embedderProblem('qwen3-embedding-0.6b')).code, 'model.notDownloaded');
      assert.deepEqual(await embedderProblem('starter'), { code: 'model.notEmbedding', name: 'Hearth starter' });
      for (const name of ['ranks', 'writes'])
        assert.deepEqual(await embedderProblem(inFolder(`${name}.gguf`)), { code: 'model.notEmbedding', name });
      assert.equal((await embedderProblem(inFolder('none.gguf'))).code, 'model.missing');
    });

    it('rank when one is here, the catalogue’s first', async () => {
      assert.equal((await store().findReranker())?.name, 'ranks');
      const path = inFolder(fileNameById('bge-reranker-v2-m3'));
      await writeFile(path, encoderDouble({ ranks: true, pooling: 4 }));
      assert.equal((await store().findReranker())?.name, 'BGE Reranker v2 M3');
      const elsewhere = createModelStore({ starterPath, modelsFolder: inFolder('none'), log: silentLogger });
      assert.equal(await elsewhere.findReranker(), undefined);
    });
  });

  describe('download', () => {
    it('needs nothing for the starter and knows no other ids than the catalogue’s', async () => {
      await store().download('starter');
      assert.deepEqual(await problemIn(store().download('gpt-9')), { code: 'model.unknown', id: 'gpt-9' });
    });

    it('passes its options on', async () => {
      const signal = AbortSignal.abort();
      const name = catalogueModel('mellum-4b')?.name;
      assert.deepEqual(await problemIn(store().download('mellum-4b', { signal })), {
        code: 'download.cancelled',
        name,
      });
    });
  });
});

function fileNameById(id: string): string {
  const row = catalogueModel(id);
  assert.ok(row && isDownloadable(row));
  return fileNameOf(row);
}

async function problemIn(promise: Promise<unknown>): Promise<Problem> {
  const cause: unknown = await promise.then(
    () => assert.fail('no problem'),
    (error: unknown) => error,
  );
  assert.ok(cause instanceof ProblemError, `not a problem: ${String(cause)}`);
  return cause.problem;
}
