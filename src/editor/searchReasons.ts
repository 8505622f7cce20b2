import type { SearchReason } from '../protocol/indexMessages.ts';
import type { Translate } from '../protocol/problems.ts';

/** `words: parse, header · similar meaning · name`: why something was found. Plain text: what it names is from outside. */
export function describeReasons(reasons: readonly SearchReason[], t: Translate): string {
  return reasons.map((reason) => describeReason(reason, t)).join(' · ');
}

function describeReason(reason: SearchReason, t: Translate): string {
  switch (reason.kind) {
    case 'words':
      return t('words: {0}', reason.words.join(', '));
    case 'path':
      return t('path: {0}', reason.words.join(', '));
    case 'meaning':
      return t('similar meaning');
    case 'name':
      return t('name');
    case 'near':
      return describeNearness(reason.how, t);
  }
}

function describeNearness(how: Extract<SearchReason, { kind: 'near' }>['how'], t: Translate): string {
  switch (how) {
    case 'imported':
      return t('imported here');
    case 'sameFolder':
      return t('same folder');
    case 'recentlyEdited':
      return t('edited recently');
  }
}
