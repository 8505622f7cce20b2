import type { ProblemAction, Translate } from '../protocol/problems.ts';

export interface ProblemButton {
  readonly title: string;
  readonly command: string;
}

/** What the user can press about a problem, and the command behind it. */
export function problemButton(action: ProblemAction, t: Translate): ProblemButton {
  switch (action) {
    case 'pickModel':
      return { title: t('Pick Model…'), command: 'hearth.pickModel' };
    case 'pickSearchModel':
      return { title: t('Pick Search Model…'), command: 'hearth.pickSearchModel' };
    case 'showLog':
      return { title: t('Show Log'), command: 'hearth.showLog' };
    case 'serverSetting':
      return { title: t('Open Settings'), command: 'hearth.openServerSetting' };
    case 'serverKey':
      return { title: t('Set Server Key…'), command: 'hearth.setServerKey' };
    case 'retry':
      return { title: t('Try Again'), command: 'hearth.restartModel' };
  }
}
