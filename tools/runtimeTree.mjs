// Finds the files that node-llama-cpp and koffi really load. The dependency tree of the first holds a compiler front end, a terminal UI and
// 35 MB of C++ sources, none of which a model host touches: only what its entry point reaches is packaged.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import { build } from 'esbuild';

/** Read at run time by path, not imported: which llama.cpp the binaries belong to. */
const dataFiles = ['llama/binariesGithubRelease.json', 'llama/llama.cpp.info.json'];

/** Imports that may fail: binaries (packaged by target), Electron's own module, a faster way to clone a file. */
const optional = ['@node-llama-cpp/*', 'electron', '@reflink/reflink'];

/** Paths relative to `root`, `/`-separated, all inside node_modules. */
export async function runtimeTree(root) {
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: { contents: "import 'node-llama-cpp'; import 'koffi';", resolveDir: root },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    // Resolve as Node does, not as bundlers like to.
    mainFields: ['main'],
    conditions: [],
    ignoreAnnotations: true,
    preserveSymlinks: true, // node_modules itself may be a link, as in a git worktree
    external: optional,
    logLevel: 'error',
  });
  const modules = Object.keys(metafile.inputs).filter((file) => file.startsWith('node_modules/'));
  const files = new Set(modules);
  for (const file of modules) {
    // Every package.json above a module counts: it names the module's kind, and the package's entry points.
    for (let folder = dirname(file); folder !== 'node_modules'; folder = dirname(folder)) {
      if (!existsSync(join(root, folder, 'package.json'))) continue;
      files.add(`${folder}/package.json`);
      for (const name of readdirSync(join(root, folder))) if (isLegal(name)) files.add(`${folder}/${name}`);
    }
  }
  for (const file of dataFiles) files.add(`node_modules/node-llama-cpp/${file}`);
  return [...files].toSorted();
}

const isLegal = (name) => /^(licen[cs]e|notice)/i.test(name);
