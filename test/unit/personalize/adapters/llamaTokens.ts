/**
 * A process of its own, as llama.cpp may crash: `node llamaTokens.ts <model> <text> <adapter>...` prints, as one line of
 * JSON, the tokens that the model writes after the text, bare and with each adapter, or why that adapter was not loaded.
 */
export type Written = readonly (readonly number[] | string)[];

const contextSize = 256;
const tokens = 12;

async function main([modelPath = '', text = '', ...adapters]: readonly string[]): Promise<void> {
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, logLevel: LlamaLogLevel.disabled });
  const model = await llama.loadModel({ modelPath });
  const write = async (adapter?: string): Promise<number[]> => {
    const lora = adapter === undefined ? {} : { lora: { adapters: [{ filePath: adapter }] } };
    // A second thread waits by spinning: on a busy machine it makes everything slower.
    await using context = await model.createContext({ contextSize, threads: 1, ...lora });
    const written: number[] = [];
    for await (const token of context.getSequence().evaluate(model.tokenize(text), { temperature: 0 }))
      if (written.push(token) === tokens) break;
    return written;
  };
  const written: (readonly number[] | string)[] = [await write()];
  for (const adapter of adapters) written.push(await write(adapter).catch(String));
  process.stdout.write(`${JSON.stringify(written)}\n`, () => process.exit(0));
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
