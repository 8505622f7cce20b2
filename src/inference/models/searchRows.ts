import { type CatalogueRow, hub } from './catalogueRow.ts';

/**
 * Models that search: those that embed, then those that rank, each from the weakest to the strongest at code. Hashes and
 * addresses as in `catalogue.ts`.
 */
export const searchRows: readonly CatalogueRow[] = [
  {
    id: 'bge-small-en-v1.5',
    name: 'BGE small English v1.5',
    use: 'embedding',
    parametersB: 0.033,
    quantisation: 'Q8_0',
    licence: 'MIT',
    restricted: false,
    downloadBytes: 36_806_944,
    exactSize: true,
    url: `${hub}/CompendiumLabs/bge-small-en-v1.5-gguf/resolve/d32f8c040ea3b516330eeb75b72bcc2d3a780ab7/bge-small-en-v1.5-q8_0.gguf`,
    sha256: 'ec38e8da142596baa913124ae50550de284b6916bf59577ef2f0cb9660c2f514', // more than 8 projects agree
    contextTokens: 512,
    kvBytesPerToken: 0,
  },
  {
    id: 'nomic-embed-text-v1.5',
    name: 'Nomic Embed Text v1.5',
    use: 'embedding',
    parametersB: 0.137,
    quantisation: 'Q8_0',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 146_146_432,
    exactSize: true,
    url: `${hub}/nomic-ai/nomic-embed-text-v1.5-GGUF/resolve/0188c9bf409793f810680a5a431e7b899c46104c/nomic-embed-text-v1.5.Q8_0.gguf`,
    sha256: '3e24342164b3d94991ba9692fdc0dd08e3fd7362e0aacc396a9a5c54a544c3b7', // more than 10 projects agree
    contextTokens: 2048,
    kvBytesPerToken: 0,
  },
  {
    id: 'qwen3-embedding-0.6b',
    name: 'Qwen3 Embedding 0.6B',
    use: 'embedding',
    parametersB: 0.6,
    quantisation: 'Q8_0',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 639_150_592,
    exactSize: true,
    url: `${hub}/Qwen/Qwen3-Embedding-0.6B-GGUF/resolve/370f27d7550e0def9b39c1f16d3fbaa13aa67728/Qwen3-Embedding-0.6B-Q8_0.gguf`,
    sha256: '06507c7b42688469c4e7298b0a1e16deff06caf291cf0a5b278c308249c3e439', // more than 10 projects agree
    contextTokens: 32_768,
    kvBytesPerToken: 114_688,
  },
  {
    id: 'jina-code-embeddings-1.5b',
    name: 'Jina Code Embeddings 1.5B',
    use: 'embedding',
    parametersB: 1.54,
    quantisation: 'Q8_0',
    licence: 'CC-BY-NC-4.0',
    restricted: true,
    downloadBytes: 1_646_569_888,
    exactSize: true,
    url: `${hub}/jinaai/jina-code-embeddings-1.5b-GGUF/resolve/67f160ae7d22bb80dc6273cedcc67c027f430c9d/jina-code-embeddings-1.5b-Q8_0.gguf`,
    sha256: '3a09a8817b852b5a4faaa6ebb1a5590322746d2b570b578d0b7e3b6e849062aa', // 4 projects' pinned models agree
    contextTokens: 32_768,
    kvBytesPerToken: 28_672,
  },
  {
    id: 'nomic-embed-code',
    name: 'Nomic Embed Code 7B',
    use: 'embedding',
    parametersB: 7.07,
    quantisation: 'Q5_K_M',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 5_070_000_000, // reckoned from the sizes of its Q4_K_M and of Qwen2.5-Coder 7B
    exactSize: false,
    url: `${hub}/nomic-ai/nomic-embed-code-GGUF/resolve/main/nomic-embed-code.Q5_K_M.gguf`,
    sha256: 'f234c58a5be4c5e89f71e3b7131150a568b9618d32a34ebb625e9c0f6e0be9fb', // one project's pinned model and its two set-up scripts
    contextTokens: 32_768,
    kvBytesPerToken: 57_344,
  },
  {
    id: 'qwen3-reranker-0.6b',
    name: 'Qwen3 Reranker 0.6B',
    use: 'rerank',
    parametersB: 0.6,
    quantisation: 'Q8_0',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 639_153_184,
    exactSize: true,
    url: `${hub}/ggml-org/Qwen3-Reranker-0.6B-Q8_0-GGUF/resolve/a02f48bb4f057028298c21fa033da2b30d7742d5/qwen3-reranker-0.6b-q8_0.gguf`,
    sha256: '22c9979ce4fbcdc5acdc310c6641c32797eff1aa980b8f7a2db8a8ea23429a48', // 9 projects agree
    contextTokens: 32_768,
    kvBytesPerToken: 114_688,
  },
  {
    id: 'bge-reranker-v2-m3',
    name: 'BGE Reranker v2 M3',
    use: 'rerank',
    parametersB: 0.568,
    quantisation: 'Q8_0',
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 635_676_416,
    exactSize: true,
    url: `${hub}/gpustack/bge-reranker-v2-m3-GGUF/resolve/3093af03b1a635e67b084b1d8c03c5f5e020fd05/bge-reranker-v2-m3-Q8_0.gguf`,
    sha256: 'a43c7c9b11a4c1517e5bf95151960e1621d1b72f7a493364b01e386cf1aaa1d3', // more than 10 projects agree
    contextTokens: 8192,
    kvBytesPerToken: 0,
  },
];
