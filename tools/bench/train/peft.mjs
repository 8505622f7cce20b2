import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// Not named peft.py: Python would then take it for the package.
const script = join(import.meta.dirname, 'peft_training.py');
/** What the results in docs/benchmarks.md were measured with. */
const install = 'pip install torch==2.15.0 transformers==5.24.0 peft==0.21.2';

/** Whether this Python can run the peer; says on stderr what is missing. */
export function hasPeft(python) {
  const found = python !== undefined && spawnSync(python, ['-c', 'import torch, transformers, peft']).status === 0;
  if (!found) console.error(`Without PEFT: --python or HEARTH_BENCH_PYTHON names a Python after \`${install}\``);
  return found;
}

/**
 * Trains the same with PEFT, one variant after the other, in one process. A step that takes longer than the limit ends
 * it: then that variant is `isCutOff` and the ones after it are missing.
 *
 * @param {{shape: object, rank: number, dtype: string, threads: number, variants: object[], steps: object[][]}} order
 * @returns {Promise<{versions: object, importBytes: number, variants: {stepSeconds: number[], peakBytes: number, isCutOff: boolean}[]}>}
 */
export async function trainWithPeft(python, { shape, ...order }, stepLimitMs) {
  const child = spawn(python, ['-W', 'ignore', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, CUDA_VISIBLE_DEVICES: '', HF_HUB_OFFLINE: '1' },
  });
  const variants = [];
  const variantAt = (at) => (variants[at] ??= { stepSeconds: [], peakBytes: 0, isCutOff: false });
  let [timer, ready] = [undefined, undefined];
  const expectStep = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const under = variants.findIndex(({ stepSeconds }) => stepSeconds.length < order.steps.length);
      variantAt(under < 0 ? variants.length : under).isCutOff = true;
      child.kill('SIGKILL');
    }, stepLimitMs);
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line);
    if (message.kind === 'ready') ready = message;
    else {
      const variant = variantAt(message.variant);
      variant.stepSeconds.push(message.seconds);
      variant.peakBytes = message.peakBytes;
    }
    expectStep();
  });
  child.stdin.end(JSON.stringify({ ...order, shape: { ...shape, architecture: shape.architecture.name } }));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...how) => resolve(how));
  });
  clearTimeout(timer);
  if (code !== 0 && !variants.some(({ isCutOff }) => isCutOff))
    throw new Error(`peft_training.py ended with ${signal ?? code}`);
  return { versions: ready.versions, importBytes: ready.importBytes, variants };
}
