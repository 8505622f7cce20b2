import type { Translate } from '../../protocol/problems.ts';
import type { Hit } from '../../codeIndex/search/hit.ts';
import { fenced } from '../../chat/context/fence.ts';

const maxPassages = 6;
const maxLines = 14;

/**
 * An answer where no model can give one: the passages that fit the question best, cited. It says of itself that it is a
 * search's; nothing in it is made up.
 */
export function searchAnswer(hits: readonly Hit[], t: Translate): string {
  if (hits.length === 0)
    return t('No model that can chat is loaded, and nothing in the workspace was found that fits the question.');
  const head = t('No model that can chat is loaded. This is what a search of the workspace found:');
  return [head, ...hits.slice(0, maxPassages).map(passage)].join('\n\n');
}

function passage({ path, startLine, endLine, symbolPath, languageId, text }: Hit): string {
  const lines = text.trimEnd().split('\n');
  const shown = lines.slice(0, maxLines);
  const last = Math.min(endLine, startLine + shown.length - 1);
  const name = symbolPath.at(-1);
  const heading = `${path}:${startLine}-${last}${name === undefined ? '' : ` \`${name.replaceAll('`', '')}\``}`;
  return `${heading}\n\n${fenced(shown.join('\n'), languageId)}`;
}
