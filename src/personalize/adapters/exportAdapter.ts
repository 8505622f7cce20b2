import { copyFile, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { moveDurably, syncFolder, temporaryPath, writeAtomically } from '../../base/atomicFile.ts';
import { errorText } from '../../base/logger.ts';
import type { LoraAdapter } from '../../formats/gguf/loraGguf.ts';
import { writeSafetensors } from '../../formats/safetensorsFile.ts';
import { ProblemError } from '../../protocol/problems.ts';
import type { AdapterCard } from './card.ts';
import { exportReadme } from './exportReadme.ts';
import { baseHashKey, baseNameKey, configName, weightsName } from './importAdapter.ts';
import { peftOfAdapter } from './peftAdapter.ts';

/**
 * Writes a new folder `hearth-adapter-<id>` into `parent`: safetensors with their configuration for PEFT and vLLM, the GGUF
 * file for llama-server, a README. It appears as a whole or not at all.
 *
 * @param gguf the adapter's file, whose content is `adapter`
 * @returns the folder
 */
export async function exportAdapter(
  adapter: LoraAdapter,
  card: AdapterCard,
  gguf: string,
  parent: string,
): Promise<string> {
  const { tensors, config } = peftOfAdapter(adapter, card.base);
  const folder = await freeName(join(parent, `hearth-adapter-${card.id}`));
  const unfinished = temporaryPath(folder);
  try {
    await mkdir(unfinished, { recursive: true });
    const metadata = { format: 'pt', [baseHashKey]: card.base.sha256, [baseNameKey]: card.base.name };
    await writeSafetensors(join(unfinished, weightsName), tensors, metadata);
    await writeText(join(unfinished, configName), `${JSON.stringify(config, undefined, 2)}\n`);
    await writeText(join(unfinished, 'README.md'), exportReadme(card));
    await copyToDisk(gguf, join(unfinished, 'adapter.gguf'));
    await syncFolder(unfinished);
    await moveDurably(unfinished, folder);
    return folder;
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => {});
    throw new ProblemError({ code: 'adapter.notWritten', path: parent, reason: errorText(cause) }, { cause });
  }
}

const writeText = (path: string, text: string): Promise<void> => writeAtomically(path, (file) => file.writeFile(text));

async function copyToDisk(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await using copy = await open(to, 'r+');
  await copy.sync();
}

/** An earlier export of the same adapter stays. */
async function freeName(path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? path : `${path}-${number}`;
    if (!(await stat(name).catch(() => undefined))) return name;
  }
}
