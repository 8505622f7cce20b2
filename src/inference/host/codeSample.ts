/** Code as people write it, in two languages: about 190 tokens. */
export const codeSample = `import { readFile } from 'node:fs/promises';

/** Reads a JSON file; undefined when there is none. */
export async function readJson(path: string): Promise<unknown> {
  try {
    const text = await readFile(path, 'utf8');
    return text.length > 0 ? JSON.parse(text) : undefined;
  } catch (error) {
    if (error instanceof Error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

class Counter:
    def __init__(self, start=0):
        self.count = start

    def increment(self, by: int = 1) -> int:
        for i in range(by):
            self.count += 1
        return self.count
`;
