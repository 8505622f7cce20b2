import type { AdapterCard } from './card.ts';
import { configName, weightsName } from './importAdapter.ts';

/** The README of an exported adapter: a model card in English, as the hubs expect it. */
export function exportReadme(card: AdapterCard): string {
  const { base, proof, training } = card;
  const made = new Date(card.createdMs).toISOString().slice(0, 10);
  return [
    '---',
    'library_name: peft',
    // JSON is YAML, so a name can end no line here.
    `base_model: ${JSON.stringify(base.name)}`,
    'tags: [lora, code, fill-in-the-middle]',
    '---',
    '',
    `# ${plain(card.name)}`,
    '',
    `A LoRA adapter that Hearth ${card.origin} on ${made}${card.examples > 0 ? ` from ${card.examples} examples` : ''}.`,
    ...(card.notes === '' ? [] : ['', plain(card.notes)]),
    '',
    ...table([
      ['base model', plain(base.name)],
      ['its architecture', plain(base.architecture)],
      ['SHA-256 of its GGUF file', base.sha256],
      ['rank, alpha', `${card.rank}, ${card.alpha}`],
      ['changed weights', card.modules.map(plain).join(', ')],
      ['SHA-256 of adapter.gguf', card.sha256],
      ...Object.entries(training ?? {}).map(([name, value]) => [plain(name), plain(String(value))] as const),
    ]),
    '',
    '## Use',
    'It belongs on exactly this base model; on another it makes nonsense.',
    '',
    '- llama.cpp: `llama-server -m BASE.gguf --lora adapter.gguf`',
    `- vLLM: \`vllm serve BASE --enable-lora --max-lora-rank ${card.rank} --lora-modules personal=FOLDER\``,
    '- PEFT: `PeftModel.from_pretrained(base, "FOLDER")`',
    '',
    `vLLM and PEFT read \`${weightsName}\` and \`${configName}\`, whose \`base_model_name_or_path\` may have to be changed.`,
    '',
    '## Data',
    ...data[card.origin],
    '',
    '## Licence',
    "Whatever the base model's licence asks of derived weights holds for this adapter as well, and so do the rights in the",
    'code it was trained on.',
    ...(proof === null
      ? []
      : [
          '',
          '## Measured against the base model',
          ...table(Object.entries(proof.numbers).map(([name, value]) => [plain(name), String(value)])),
        ]),
    '',
  ].join('\n');
}

const data: Readonly<Record<AdapterCard['origin'], readonly string[]>> = {
  trained: [
    'It was trained on code that its owner wrote or accepted, with what looks like a secret left out. It holds numbers, no',
    'text, but a model can repeat what it was trained on: give it only to people who may see that code.',
  ],
  imported: ['Hearth did not train it and does not know on what it was trained: ask whoever made it.'],
};

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)];
}

/** A name as text: one line, nothing in it that Markdown or HTML would take for something else. */
function plain(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\\`*_{}[\]<>()#|!~&]/g, '\\$&');
}
