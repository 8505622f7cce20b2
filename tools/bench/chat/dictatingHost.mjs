import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LlamaContextSequence } from 'node-llama-cpp';

/**
 * A model host whose model writes what it is told to. It computes and samples everything as ever; only then is the token
 * that came out replaced by the one that is dictated for its place. So random weights copy a file as a good model does,
 * at the cost that they have. The dictation lies beside the key: `{promptTokens, tokens}`.
 */
const config = JSON.parse(process.argv[2]);
const path = join(dirname(config.keyPath), 'dictation.json');
let changedMs = 0;
let dictation = { promptTokens: 0, tokens: [] };

function dictated(at) {
  const { mtimeMs = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  if (mtimeMs !== changedMs) {
    changedMs = mtimeMs;
    dictation = JSON.parse(readFileSync(path, 'utf8'));
  }
  return dictation.tokens[at - dictation.promptTokens];
}

const evaluate = Reflect.get(LlamaContextSequence.prototype, 'controlledEvaluate');
LlamaContextSequence.prototype.controlledEvaluate = async function (...asked) {
  const first = this.nextTokenIndex;
  const outputs = await evaluate.apply(this, asked);
  for (const [index, output] of outputs.entries()) {
    const token = output === undefined ? undefined : dictated(first + index + 1);
    if (token === undefined) continue;
    output.next.token = token;
    const { logits } = output.next;
    // The most probable one comes first.
    if (logits !== undefined) output.next.logits = new Map([[token, Math.max(...logits.values())], ...logits]);
  }
  return outputs;
};

await import('../../../dist/modelHost.js');
