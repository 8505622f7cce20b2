/** How unlikely a text was to a model. */
export interface Loss {
  /** Sum of -ln p over its tokens. */
  readonly nats: number;
  readonly tokens: number;
}

/** The same text under two stacks of adapters. */
export interface LossPair {
  readonly before: Loss;
  readonly after: Loss;
}

/** Nats per token over all texts: each token counts the same, so a long text counts more than a short one. */
export function lossOf(losses: readonly Loss[]): number {
  const nats = losses.reduce((all, each) => all + each.nats, 0);
  const tokens = losses.reduce((all, each) => all + each.tokens, 0);
  return tokens === 0 ? 0 : nats / tokens;
}

/** By which share the loss rose: -0.15 is 15 % lower. */
export function changeOf(pairs: readonly LossPair[]): number {
  const before = lossOf(pairs.map((pair) => pair.before));
  return before === 0 ? 0 : lossOf(pairs.map((pair) => pair.after)) / before - 1;
}
