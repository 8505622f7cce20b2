import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../install.mjs';
import { ensureLlamaCpp } from '../llamaCpp.mjs';
import { ensureRandomModel } from '../randomModel.mjs';

export const starterPath = join(root, 'models/starter.gguf');

/**
 * What is trained, the smallest first. `perStep` and `steps`: how many sequences, so that a run ends within half an hour;
 * the product takes eight per step. The first `warmUp` steps do not count. `prototype`: the figures to reach, in tokens
 * per second.
 */
const subjects = {
  starter: {
    title: 'The starter (13M parameters)',
    parameters: 13e6,
    files: { Q8_0: {} },
    perStep: 8,
    steps: 6,
    warmUp: 1,
    peftBatches: [1, 4, 8],
    triesAll: true,
  },
  '0.5b': {
    title: 'Random weights of 0.5B shape',
    parameters: 0.49e9,
    files: { Q8_0: { prototype: 44 }, Q4_K_M: { prototype: 37 } },
    perStep: 4,
    steps: 1,
    warmUp: 0,
    peftBatches: [1, 4],
    triesAll: true,
  },
  '1.5b': {
    title: 'Random weights of 1.5B shape',
    parameters: 1.54e9,
    files: { Q4_K_M: { prototype: 17 } },
    perStep: 2,
    steps: 1,
    warmUp: 0,
    peftBatches: [1, 2],
    // A step takes a minute, and on the smaller ones nothing but the batch made it quicker.
    triesAll: false,
  },
};
export const subjectNames = Object.keys(subjects);

/**
 * A subject with its model files, which are made where they are missing.
 * @returns {Promise<object>} `files`: { type, path, prototype }, `shape`: of the product's reader
 */
export async function subjectOf(product, name, change = {}) {
  const subject = { name, ...subjects[name], ...change };
  const files = [];
  for (const [type, more] of Object.entries(subject.files)) {
    const path = name === 'starter' ? starterPath : await ensureRandomModel(name, await ensureLlamaCpp(), type);
    files.push({ type, path, ...more });
  }
  return { ...subject, files, shape: await shapeOf(product, files[0].path) };
}

async function shapeOf(product, path) {
  const file = await open(path);
  try {
    return product.modelShapeOf(await product.readGgufHeader(file, (await file.stat()).size));
  } finally {
    await file.close();
  }
}
