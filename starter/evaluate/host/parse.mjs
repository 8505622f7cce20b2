import { work } from './jobs.mjs';
import { grammarFolder, importProduct } from './product.mjs';

const budgetMs = 10_000;

/**
 * How many places of a text do not fit its language's grammar (ERROR and MISSING nodes).
 *
 *     request {languageId, text}   answer {errors}: null where there is no grammar
 */
await work({}, async () => {
  const product = await importProduct();
  const syntax = product.createSyntax({ grammarFolder: grammarFolder(), log: product.silentLogger });
  return async ({ languageId, text }) => {
    const parsed = await syntax.parse(languageId, text, budgetMs);
    if (parsed === undefined) return { errors: null };
    const errors = parsed.hasError ? errorsBelow(parsed.root) : 0;
    parsed[Symbol.dispose]();
    return { errors };
  };
});
process.exit(0);

function errorsBelow(node) {
  if (node.isError || node.isMissing) return 1;
  if (!node.hasError) return 0;
  return node.children.reduce((sum, child) => sum + errorsBelow(child), 0);
}
