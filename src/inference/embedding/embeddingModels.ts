/** What a model was trained to see before a text. */
export interface EmbeddingPrompts {
  /** Before a question. */
  readonly question: string;
  /** Before a passage that may answer it. */
  readonly passage: string;
}

interface Quirk extends EmbeddingPrompts {
  /** Held against names in lower case with single dashes for everything but letters, digits and dots. */
  readonly matches: RegExp;
}

/**
 * What is known of embedding models, from their cards; the first row that matches counts. How they pool is in the GGUF
 * file. Where a file lacks that (Jina's and Nomic's models for code, made of Qwen2.5-Coder, were trained on the last
 * token), llama.cpp gives the last token's vector anyway.
 */
const quirks: readonly Quirk[] = [
  {
    // Also CodeRankEmbed: the same authors, the same data.
    matches: /nomic-embed-code|coderankembed/,
    question: 'Represent this query for searching relevant code: ',
    passage: '',
  },
  { matches: /nomic-embed-text/, question: 'search_query: ', passage: 'search_document: ' },
  {
    matches: /jina-code-embeddings/,
    question: 'Find the most relevant code snippet given the following query:\n',
    passage: 'Candidate code snippet:\n',
  },
  {
    // The card asks for a task in English; this one is ours.
    matches: /qwen3-embedding/,
    question: 'Instruct: Given a question about a code base, retrieve the code that answers it\nQuery:',
    passage: '',
  },
  {
    matches: /embeddinggemma|embedding-gemma/,
    question: 'task: code retrieval | query: ',
    passage: 'title: none | text: ',
  },
  {
    // Not the Chinese ones and not bge-m3, which want another or nothing.
    matches: /bge-(small|base|large)-en|mxbai-embed-large/,
    question: 'Represent this sentence for searching relevant passages: ',
    passage: '',
  },
  // Not those for instructions, which want a task as Qwen3 does.
  { matches: /(^|[^a-z0-9])e5-(small|base|large)(?!.*instruct)/, question: 'query: ', passage: 'passage: ' },
];

const plain: EmbeddingPrompts = { question: '', passage: '' };

/** The prompts of the model that any of these names (catalogue id, `general.name`, file name) is known for; else none. */
export function promptsOf(names: readonly string[]): EmbeddingPrompts {
  const normal = names.map((name) => name.toLowerCase().replace(/[^a-z0-9.]+/g, '-'));
  const { question, passage } = quirks.find(({ matches }) => normal.some((name) => matches.test(name))) ?? plain;
  return { question, passage };
}
