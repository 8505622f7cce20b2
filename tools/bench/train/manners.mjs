/** How Hearth trains in this benchmark: what changes of the product's options, and the texts if they are others. */
export const manners = {
  product: { label: 'as the product trains', options: {} },
  full: { label: 'full gradients', options: { reach: 0, contextWeight: 0 } },
  prototype: {
    label: 'full gradients, 2 x 512 tokens, all learned',
    options: { reach: 0, contextWeight: 0, batchSize: 2 },
    texts: { rows: 512, count: 2 },
  },
};

/** Rows of a sample that are read and that are learned; the code before a text is learned as far as gradients reach. */
export function sizeOf({ tokens, from }, { reach, contextWeight }) {
  const rows = tokens.length - 1;
  const context = contextWeight === 0 ? 0 : reach === 0 ? rows : Math.min(rows, reach);
  return { rows, learned: Math.max(tokens.length - from, context) };
}
