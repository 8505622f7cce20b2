// Gets a real llama-server for tests in about a minute instead of ten: node-llama-cpp ships llama.cpp's libraries ready for
// use, and its source as a git bundle. Only the server's own files are compiled, without optimisation, and linked with
// those libraries. What it lacks is what reads images and sound. Nothing is downloaded.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { command } from '../command.mjs';

const modules = join(import.meta.dirname, '../../node_modules');
const platform = `${process.platform}-${process.arch}`;
const libraries = join(modules, '@node-llama-cpp', platform, 'bins', platform);

/** Everything of tools/server that is C++. */
const serverFiles = /^(?:main|server(?:-[a-z]+)*)\.cpp$/;
/** The largest first: they take as long as all others together. */
const slow = ['server-models.cpp', 'server-context.cpp', 'server-tools.cpp', 'server.cpp', 'server-task.cpp'];
const includes = ['tools/server', 'tools/mtmd', '.', 'common', 'vendor', 'include', 'ggml/include', 'tools/ui'];
const flags = [
  '-std=c++17',
  '-O0',
  '-w',
  '-DNDEBUG',
  '-DGGML_BACKEND_DL',
  '-DGGML_SHARED',
  '-DLLAMA_SHARED',
  '-DLLAMA_SUBPROCESS',
];

/** The web page that a server shows, which this one has not: what its build would generate for none. */
const uiHeader = `#pragma once
#include <array>
#include <string>
struct llama_ui_asset {
    std::string name;
    const unsigned char * data;
    std::size_t size;
    std::string etag;
    std::string type;
};
inline const llama_ui_asset * llama_ui_find_asset(const std::string &) { return nullptr; }
inline bool llama_ui_use_gzip() { return false; }
inline const std::array<llama_ui_asset, 0> & llama_ui_get_assets() {
    static const std::array<llama_ui_asset, 0> none{};
    return none;
}
`;

/** What a server asks of the library that reads images and sound, when it is to read none. */
const noMedia = `#include "mtmd.h"
#include "mtmd-helper.h"
void mtmd_helper_log_set(ggml_log_callback, void *) {}
mtmd_helper_init_opt mtmd_helper_init_opt_default(void) { return {}; }
mtmd_context_params mtmd_context_params_default(void) { return {}; }
bool mtmd_helper_support_video(const mtmd_context *) { return false; }
void mtmd_free(mtmd_context *) {}
`;

/** The program, in a folder that outlives the clone: one per version and recipe. HEARTH_LLAMA_SERVER names another. */
export function llamaServerPath() {
  const named = process.env['HEARTH_LLAMA_SERVER'];
  if (named) return named;
  const { version } = JSON.parse(readFileSync(join(modules, 'node-llama-cpp/package.json'), 'utf8'));
  const recipe = createHash('sha256')
    .update(readFileSync(import.meta.filename))
    .digest('hex')
    .slice(0, 12);
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'hearth');
  return join(cache, `llama-server-${version}-${platform}-${recipe}`, 'llama-server');
}

/** Why there is none on this machine; undefined where there is one, or can be built. */
export function whyNoLlamaServer() {
  if (process.env['HEARTH_LLAMA_SERVER'] || process.platform === 'linux') return undefined;
  return "llama-server is built for tests on Linux only: name one of llama.cpp's in HEARTH_LLAMA_SERVER.";
}

/** Builds it where it is missing and can be built. Throws with a sentence that says what to do where that fails. */
export async function setUpLlamaServer() {
  const program = llamaServerPath();
  if (existsSync(program) || whyNoLlamaServer() !== undefined) return program;
  if (process.env['HEARTH_LLAMA_SERVER'])
    throw new Error(`HEARTH_LLAMA_SERVER names ${program}, which does not exist.`);
  console.log('Building a llama-server for tests (about a minute, once) ...');
  const folder = join(program, '..');
  mkdirSync(join(folder, '..'), { recursive: true });
  const work = mkdtempSync(`${folder}.`);
  try {
    await build(work);
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(work, 'bin'), folder);
  } catch (cause) {
    throw new Error('llama-server could not be built: it takes git and g++ (Debian: apt-get install git g++).', {
      cause,
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return program;
}

async function build(work) {
  const source = join(work, 'source');
  const [objects, bin] = [join(work, 'objects'), join(work, 'bin')];
  for (const folder of [objects, bin]) mkdirSync(folder);
  await command('git', ['clone', '-q', join(modules, 'node-llama-cpp/llama/gitRelease.bundle'), source], {
    stdout: 'quiet',
  });
  writeFileSync(join(source, 'tools/ui/ui.h'), uiHeader);
  writeFileSync(join(source, 'tools/server/server-no-media.cpp'), noMedia);
  const files = readdirSync(join(source, 'tools/server')).filter((name) => serverFiles.test(name));
  const order = files.toSorted((a, b) => rank(a) - rank(b));
  const compile = async (file) => {
    const output = join(objects, `${file}.o`);
    const args = [...flags, ...includes.map((folder) => `-I${folder}`), '-c', `tools/server/${file}`, '-o', output];
    await command('g++', args, { cwd: source, stdout: 'quiet' });
    return output;
  };
  const compiled = await inParallel(order, compile);
  for (const name of readdirSync(libraries)) if (name.endsWith('.so')) cpSync(join(libraries, name), join(bin, name));
  const linked = readdirSync(bin).filter((name) =>
    /^lib(?:llama|llama-common|ggml|ggml-base)(?:\.v.*)?\.so$/.test(name),
  );
  const given = linked.map((name) => join(bin, name));
  const stubs = join(work, 'stubs.s');
  writeFileSync(stubs, stubsOf(compiled, given));
  const output = join(bin, 'llama-server');
  await command('g++', [...compiled, stubs, ...given, '-Wl,-rpath,$ORIGIN', '-pthread', '-o', output], {
    stdout: 'quiet',
  });
  await command(join(bin, 'llama-server'), ['--version'], { stdout: 'quiet' });
}

/** Assembler for the other functions of that library, which is not built: whoever calls one ends the program. */
function stubsOf(objects, given) {
  const defined = new Set([...symbols('--defined-only', ...objects), ...symbols('-D', '--defined-only', ...given)]);
  const missing = new Set(
    symbols('--undefined-only', ...objects).filter((name) => /mtmd/.test(name) && !defined.has(name)),
  );
  const labels = [...missing].flatMap((name) => [`.globl ${name}`, `${name}:`]);
  return ['.text', ...labels, 'call abort@PLT', '.section .note.GNU-stack,"",@progbits', ''].join('\n');
}

/** The last column of what `nm` prints. */
function symbols(...args) {
  const lines = execFileSync('nm', args, { encoding: 'utf8', maxBuffer: 1e9 }).split('\n');
  return lines.map((line) => line.trim().split(/\s+/).at(-1) ?? '');
}

function rank(file) {
  const at = slow.indexOf(file);
  return at === -1 ? slow.length : at;
}

/** At most one per core; resolves in the order of the items. */
async function inParallel(items, work) {
  const results = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [at, item] of queue) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

if (process.argv[1] === import.meta.filename) console.log(await setUpLlamaServer());
