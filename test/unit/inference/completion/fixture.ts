import type { Situation } from '../../../../src/inference/completion/situation.ts';
import { situationOf } from '../../../../src/inference/completion/situation.ts';
import type { CompletionQuery, DocumentView } from '../../../../src/inference/completion/types.ts';

/** A document written with a cursor mark: `foo(█)`. */
export function queryAt(marked: string, overrides: Partial<DocumentView> = {}): CompletionQuery {
  const offset = marked.indexOf('█');
  if (offset < 0) throw new Error('the fixture has no cursor mark █');
  const document: DocumentView = {
    uri: 'file:///project/sample.ts',
    path: 'src/sample.ts',
    languageId: 'typescript',
    version: 1,
    text: marked.replace('█', ''),
    before: '',
    after: '',
    ...overrides,
  };
  return { document, offset, trigger: 'automatic', arrivedMs: 0 };
}

export function situationAt(marked: string, overrides: Partial<DocumentView> = {}): Situation {
  return situationOf(queryAt(marked, overrides));
}
