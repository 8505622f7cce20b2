import type { EditRefusal, RefusedEdit, TargetProblemView } from '../../protocol/editMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { visibleCode, visibleName } from './visibleCode.ts';

/** Why a part of an answer is not carried out, for a person. What a model or a file says is quoted, and is only text. */
export function refusalText({ path, reason }: RefusedEdit, t: Translate): string {
  const text = reasonText(reason, t);
  return path === '' ? text : `${visibleName(path)}: ${text}`;
}

function reasonText(reason: EditRefusal, t: Translate): string {
  switch (reason.code) {
    case 'noPath':
      return t('the answer does not say which file it is for.');
    case 'unfinished':
      return t('the answer ended before it was complete.');
    case 'malformed':
      return t('the change is malformed.');
    case 'omission':
      return t('the answer leaves code out ("{0}").', quoted(reason.text));
    case 'emptySearch':
      return t('the answer does not say where in the file it belongs.');
    case 'ambiguous':
      return t('it could be meant for several places (lines {0}).', reason.lines.slice(0, maxListed).join(', '));
    case 'alreadyThere':
      return t('it is so already (lines {0}-{1}).', reason.span.first, reason.span.last);
    case 'notFound':
      return reason.nearest === undefined
        ? t('what it wants to change is not in the file.')
        : t('what it wants to change is not in the file; line {0} is most like it, and differs.', reason.nearest.line);
    case 'outdated':
      return t('the file has changed where it is to be changed (lines {0}-{1}).', reason.span.first, reason.span.last);
    case 'noFile':
      return t('there is no such file.');
    case 'exists':
      return t('{0} exists already.', visibleName(reason.path));
    case 'contradiction':
      return t('it contradicts another part of the answer.');
    case 'target':
      return targetText(reason.problem, t);
  }
}

function targetText(problem: TargetProblemView, t: Translate): string {
  switch (problem.code) {
    case 'path':
      return t('no file may have this path.');
    case 'outside':
      return t('it is outside of the open folders.');
    case 'noFolder':
      return t('no folder is open.');
    case 'whichFolder':
      return t('it could be in several of the open folders.');
    case 'excluded':
      return t('you excluded it, or it holds secrets.');
    case 'changed':
      return t('something else stands there now.');
    case 'link':
      return t('{0} is a link.', visibleName(problem.at));
    case 'notFile':
      return t('{0} is in the way.', visibleName(problem.at));
    case 'otherCase':
      return t('only its case differs from {0}.', visibleName(problem.there));
    case 'unreadable':
      return t('it cannot be read: {0}.', visibleName(problem.reason));
  }
}

const maxListed = 10;
const maxQuoted = 60;

function quoted(text: string): string {
  const line = visibleCode(text.trim().replace(/\s+/g, ' '));
  return line.length > maxQuoted ? `${line.slice(0, maxQuoted)}…` : line;
}
