import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** ggml's two libraries in a folder of node-llama-cpp's binaries, by file name. */
export interface GgmlLibraries {
  readonly base: string;
  /** The one that knows the backends; its name carries llama.cpp's version: `libggml.vulkan.v0.5.0.so`. */
  readonly registry: string;
}

const basePattern = /^(lib)?ggml-base\.(so|dll|dylib)$/;
const registryPattern = /^(lib)?ggml\.([a-z]+\.)?([vb][\d.]+\.)?(so|dll|dylib)$/;

/** Throws when the folder lacks one of them. */
export function librariesIn(folder: string): GgmlLibraries {
  const files = readdirSync(folder);
  const base = files.find((file) => basePattern.test(file));
  const registry = files.find((file) => registryPattern.test(file) && !basePattern.test(file));
  if (base === undefined || registry === undefined) throw new Error(`There are no ggml libraries in ${folder}.`);
  return { base, registry };
}

/** node-llama-cpp's packages per platform: with a GPU first, where there are several. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'linux-x64': ['linux-x64-vulkan', 'linux-x64'],
  'linux-arm64': ['linux-arm64'],
  'linux-arm': ['linux-armv7l'],
  'darwin-arm64': ['mac-arm64-metal'],
  'darwin-x64': ['mac-x64'],
  'win32-x64': ['win-x64-vulkan', 'win-x64'],
  'win32-arm64': ['win-arm64'],
};

/**
 * The folder whose libraries to load; undefined where this platform has none.
 *
 * @param gpu `off` avoids the ones that would start a GPU driver
 */
export function libraryFolder(
  gpu: 'auto' | 'off',
  platform = `${process.platform}-${process.arch}`,
): string | undefined {
  const require = createRequire(import.meta.url);
  const names = packages[platform] ?? [];
  const wanted = gpu === 'auto' ? names : names.toReversed();
  for (const name of wanted) {
    const folder = binariesOf(require, name);
    if (folder !== undefined) return folder;
  }
  return undefined;
}

function binariesOf(require: NodeJS.Require, name: string): string | undefined {
  try {
    const entry = require.resolve(`@node-llama-cpp/${name}`);
    const folder = join(dirname(entry), '..', 'bins', name);
    return existsSync(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}
