import type { CatalogueModel, CatalogueRow, DownloadableModel } from './catalogueRow.ts';
import { hub } from './catalogueRow.ts';
import { searchRows } from './searchRows.ts';

export const starterId = 'starter';
const plannedContextTokens = 4096;
/** Compute buffers and the process itself; measured 0.2 to 0.35 GB for models up to 7B. */
const bufferBytes = 300e6;

/**
 * Completion models come from the weakest to the strongest at completing code: the recommendation takes the last that
 * a machine runs well; so do those for chat, which were made of such models and still complete. Every hash was found in
 * a public source, named in the row's comment; no row without one.
 * Where the source names the hub's revision the address is pinned to it.
 */
const rows: readonly CatalogueRow[] = [
  {
    id: starterId,
    name: 'Hearth starter',
    use: 'completion',
    parametersB: 0.0129,
    quantisation: 'Q8_0',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 13_970_016,
    exactSize: true,
    sha256: 'b32e8bb7af9296161a76af3b513cb92092e82a15a9323db83fdfc8c5385ee17f', // the file in models/
    fimFormat: 'starter',
    chats: false,
    contextTokens: 2048,
    kvBytesPerToken: 4608,
  },
  {
    id: 'granite-4.0-350m',
    name: 'Granite 4.0 350M',
    use: 'completion',
    parametersB: 0.35,
    quantisation: 'Q8_0',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 378_138_016,
    exactSize: true,
    url: `${hub}/ibm-granite/granite-4.0-350m-GGUF/resolve/b8208a86a58427e1739265318028eb5895b74bf2/granite-4.0-350m-Q8_0.gguf`,
    sha256: '9595dafb4ed15aa02512c8ea26188744192a6f09530eae0a2747bd3ada96cd36', // 3 projects' pinned manifests agree
    fimFormat: 'granite',
    contextTokens: 32_768,
    kvBytesPerToken: 28_672,
  },
  {
    id: 'qwen2.5-coder-0.5b',
    name: 'Qwen2.5-Coder 0.5B',
    use: 'completion',
    parametersB: 0.49,
    quantisation: 'Q8_0',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 531_068_128,
    exactSize: true,
    url: `${hub}/ggml-org/Qwen2.5-Coder-0.5B-Q8_0-GGUF/resolve/5788aee90e725673490be18f553d234feaa8303d/qwen2.5-coder-0.5b-q8_0.gguf`,
    sha256: 'd0f8cd6c49bab52a0abdbe47948518b1f4d9b1a8a2a6825099cea31cea10ac56', // a Rust project's pinned model and its build script
    fimFormat: 'qwen',
    contextTokens: 32_768,
    kvBytesPerToken: 12_288,
  },
  {
    id: 'granite-4.0-1b',
    name: 'Granite 4.0 1B',
    use: 'completion',
    parametersB: 1.63,
    quantisation: 'Q4_K_M',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 1_023_645_440,
    exactSize: true,
    url: `${hub}/ibm-granite/granite-4.0-1b-GGUF/resolve/b27c2fe3f211b7f44e80fa620177aea371099aaa/granite-4.0-1b-Q4_K_M.gguf`,
    sha256: '22ec0f9cc99a90185312de3c882c84e7bd6789bdd050389844380a01a831d7f1', // 7 projects' pinned manifests agree
    fimFormat: 'granite',
    contextTokens: 131_072,
    kvBytesPerToken: 81_920,
  },
  {
    id: 'deepseek-coder-1.3b',
    name: 'DeepSeek-Coder 1.3B',
    use: 'completion',
    parametersB: 1.35,
    quantisation: 'Q8_0',
    licence: 'DeepSeek Model License',
    restricted: true,
    downloadBytes: 1_430_000_000,
    exactSize: false,
    url: `${hub}/icycodes/deepseek-coder-1.3b-base-Q8_0-GGUF/resolve/main/deepseek-coder-1.3b-base-q8_0.gguf`,
    sha256: 'f25baf6ed77e1f651af3b5359fadc4e77656621a7660f36624de70d631d110d2', // TabbyML/registry-tabby models.json
    fimFormat: 'deepseek',
    contextTokens: 16_384,
    kvBytesPerToken: 196_608,
  },
  {
    id: 'qwen2.5-coder-1.5b',
    name: 'Qwen2.5-Coder 1.5B',
    use: 'completion',
    parametersB: 1.54,
    quantisation: 'Q4_K_M',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 986_048_352,
    exactSize: false,
    url: `${hub}/QuantFactory/Qwen2.5-Coder-1.5B-GGUF/resolve/73c3c696087d8d57a3005e31f2afe78f43059739/Qwen2.5-Coder-1.5B.Q4_K_M.gguf`,
    sha256: 'a9ccb6be802412e61e1acbee6287a23b11e56e94718560f910075c64b6194910', // a NixOS configuration's pinned fetch, in base64 there
    fimFormat: 'qwen',
    contextTokens: 32_768,
    kvBytesPerToken: 28_672,
  },
  {
    id: 'codegemma-2b',
    name: 'CodeGemma 2B',
    use: 'completion',
    parametersB: 2.51,
    quantisation: 'Q4_K_M',
    licence: 'Gemma Terms of Use',
    restricted: true,
    downloadBytes: 1_630_262_400,
    exactSize: true,
    url: `${hub}/bartowski/codegemma-2b-GGUF/resolve/4c371c2e831eebf3de95e32c841c8b38d4d9502e/codegemma-2b-Q4_K_M.gguf`,
    sha256: '4747caaf4dc51a6e7ad6df5fe26f4c485d847998bd58933eaf011f76e5273c14', // a C++ project's pinned model table
    fimFormat: 'codegemma',
    contextTokens: 8192,
    kvBytesPerToken: 18_432,
  },
  {
    id: 'starcoder2-3b',
    name: 'StarCoder2 3B',
    use: 'completion',
    parametersB: 3.03,
    quantisation: 'Q4_K_M',
    licence: 'BigCode OpenRAIL-M',
    restricted: true,
    downloadBytes: 1_848_976_448,
    exactSize: true,
    url: `${hub}/second-state/StarCoder2-3B-GGUF/resolve/7fca3e2da2ce31df411461e2cb9cae2d2b492f35/starcoder2-3b-Q4_K_M.gguf`,
    sha256: 'd8fb39287a463549b80d97473b0a7595c3a5a6da3ae2604ca33906a1a43f7175', // the same table, for two hubs
    fimFormat: 'starcoder',
    contextTokens: 16_384,
    kvBytesPerToken: 30_720,
  },
  {
    id: 'qwen2.5-coder-3b',
    name: 'Qwen2.5-Coder 3B',
    use: 'completion',
    parametersB: 3.09,
    quantisation: 'Q4_K_M',
    licence: 'Qwen Research License',
    restricted: true,
    downloadBytes: 1_929_903_200,
    exactSize: false,
    url: `${hub}/bartowski/Qwen2.5-Coder-3B-GGUF/resolve/465c183318f1fcb5774394eee76f1b7f224494ec/Qwen2.5-Coder-3B-Q4_K_M.gguf`,
    sha256: 'bf2cee2051affae926e9a9ef4a62ebd197aec86639b075634faf973fcfd8a10c', // a NixOS configuration's pinned model
    fimFormat: 'qwen',
    contextTokens: 32_768,
    kvBytesPerToken: 36_864,
  },
  {
    id: 'mellum-4b',
    name: 'Mellum 4B',
    use: 'completion',
    parametersB: 4.02,
    quantisation: 'Q8_0',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 4_280_000_000,
    exactSize: false,
    url: `${hub}/JetBrains/Mellum-4b-base-gguf/resolve/main/mellum-4b-base.Q8_0.gguf`,
    sha256: 'f8a8ae8f8b02cd992716e8849fe0424184bc7a26c2b829131ed558567307c5b2', // a NixOS configuration's pinned fetch, in base64 there
    fimFormat: 'mellum',
    contextTokens: 8192,
    kvBytesPerToken: 368_640, // at most: assumes that no key-value heads are shared
  },
  {
    id: 'qwen2.5-coder-7b',
    name: 'Qwen2.5-Coder 7B',
    use: 'completion',
    parametersB: 7.62,
    quantisation: 'Q5_K_M',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 5_444_832_320,
    exactSize: true,
    url: `${hub}/mradermacher/Qwen2.5-Coder-7B-i1-GGUF/resolve/8876f319c1aad46592be371cd11c4dee46cd111e/Qwen2.5-Coder-7B.i1-Q5_K_M.gguf`,
    sha256: '260f0e1883277b9c52873e627ee39b1bbc5699ce55e26767d235da4348721d0a', // a public model manifest, with size and revision
    fimFormat: 'qwen',
    contextTokens: 32_768,
    kvBytesPerToken: 57_344,
  },
  {
    id: 'qwen2.5-coder-1.5b-instruct',
    name: 'Qwen2.5-Coder 1.5B Instruct',
    use: 'chat',
    parametersB: 1.54,
    quantisation: 'Q4_K_M',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 1_117_320_768,
    exactSize: true,
    url: `${hub}/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/f86cb2c1fa58255f8052cc32aeede1b7482d4361/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf`,
    sha256: 'cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046', // more than 10 projects agree
    fimFormat: 'qwen',
    contextTokens: 32_768,
    kvBytesPerToken: 28_672,
  },
  {
    id: 'qwen2.5-coder-7b-instruct',
    name: 'Qwen2.5-Coder 7B Instruct',
    use: 'chat',
    parametersB: 7.62,
    quantisation: 'Q4_K_M',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 4_683_073_536,
    exactSize: true,
    url: `${hub}/Qwen/Qwen2.5-Coder-7B-Instruct-GGUF/resolve/13fb94bfda8c8cf22497dc57b78f391a9acb426a/qwen2.5-coder-7b-instruct-q4_k_m.gguf`,
    sha256: '509287f78cb4d4cf6b3843734733b914b2c158e43e22a7f4bf5e963800894d3c', // more than 10 projects agree
    fimFormat: 'qwen',
    contextTokens: 32_768,
    kvBytesPerToken: 57_344,
  },
  ...searchRows,
];

export const catalogue: readonly CatalogueModel[] = rows.map(({ kvBytesPerToken, ...row }) => ({
  ...row,
  memoryBytes: runningBytes(row.downloadBytes, kvBytesPerToken, row.contextTokens),
}));

/** Memory that a model needs while it runs. */
export function runningBytes(fileBytes: number, kvBytesPerToken: number, contextTokens: number): number {
  return fileBytes + bufferBytes + kvBytesPerToken * Math.min(plannedContextTokens, contextTokens);
}

export function catalogueModel(id: string): CatalogueModel | undefined {
  return catalogue.find((model) => model.id === id);
}

export function isDownloadable(model: CatalogueModel): model is DownloadableModel {
  return model.url !== undefined;
}

/** The name under which a downloaded model lies in the models folder. */
export function fileNameOf(model: DownloadableModel): string {
  return new URL(model.url).pathname.split('/').at(-1) ?? model.id;
}
