import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

/**
 * The peer of the benchmark: llama-server, llama-bench and llama-quantize, built once from the very source that
 * node-llama-cpp was built from (it carries llama.cpp as a git bundle; nothing is downloaded). About 10 minutes on 2 cores.
 */
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const cmakeOptions = [
  '-G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=ON',
  // One library per CPU generation, picked when it starts, as in the npm binaries.
  '-DGGML_NATIVE=OFF -DGGML_BACKEND_DL=ON -DGGML_CPU_ALL_VARIANTS=ON',
  '-DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF',
  '-DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF',
].flatMap((line) => line.split(' '));
const programs = ['llama-server', 'llama-bench', 'llama-quantize'];

/** Where the benchmark keeps what is expensive to make: outside the repository, safe to delete. */
export function cacheFolder() {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'hearth');
}

/**
 * Builds what is missing.
 * @returns {Promise<{folder: string, server: string, bench: string, quantize: string}>} absolute paths
 * @throws when git, cmake, ninja or a C++ compiler is missing, with the command that failed
 */
export async function ensureLlamaCpp() {
  const { version } = JSON.parse(readFileSync(join(modules, 'node-llama-cpp', 'package.json'), 'utf8'));
  const folder = join(cacheFolder(), `llama.cpp-${version}`);
  const stamp = join(folder, 'build', 'hearth-ready');
  const binaries = join(folder, 'build', 'bin');
  if (!existsSync(stamp)) {
    if (!existsSync(join(folder, 'CMakeLists.txt'))) {
      mkdirSync(cacheFolder(), { recursive: true });
      await run('git', ['clone', '-q', join(modules, 'node-llama-cpp', 'llama', 'gitRelease.bundle'), folder]);
    }
    console.error(`Building ${programs.join(', ')} in ${folder} (about 10 minutes, once)`);
    await run('cmake', ['-S', folder, '-B', join(folder, 'build'), ...cmakeOptions]);
    await run('cmake', [
      '--build',
      join(folder, 'build'),
      '-j',
      String(availableParallelism()),
      '--target',
      ...programs,
    ]);
    useKernelsOfNodeLlamaCpp(binaries);
    await run(join(binaries, 'llama-server'), ['--version']);
    writeFileSync(stamp, `${version}\n`);
  }
  const [server, bench, quantize] = programs.map((name) => join(binaries, name));
  return { folder, server, bench, quantize };
}

/**
 * Copies the CPU kernels of node-llama-cpp over those just built (same ggml version): both sides of the benchmark then
 * run byte-identical matrix code. It is also needed on virtual CPUs that offer fewer instructions than their family
 * name promises, where kernels compiled on the spot died of SIGILL and those of the npm package do not.
 */
function useKernelsOfNodeLlamaCpp(binaries) {
  const name = `${process.platform}-${process.arch}`;
  const folder = join(modules, '@node-llama-cpp', name, 'bins', name);
  for (const file of readdirSync(folder))
    if (/^libggml-cpu-.*\.so$/.test(file)) cpSync(join(folder, file), join(binaries, file));
}
