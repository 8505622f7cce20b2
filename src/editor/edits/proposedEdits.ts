import { Disposable, l10n, type LogOutputChannel, window } from 'vscode';
import type { EditPlanView } from '../../protocol/editMessages.ts';
import { carryOut } from './carryOut.ts';
import { EditPreview } from './editPreview.ts';
import type { EditsClient } from './editsClient.ts';
import { HunkReviews, reviewable } from './hunkReviews.ts';
import { refusalText } from './refusalText.ts';
import { tellWritten } from './rollBack.ts';

/** What became of a proposed change. */
export interface ProposalOutcome {
  /** Parts that were written, and parts that were not wanted. */
  readonly accepted: number;
  readonly rejected: number;
  readonly checkpoint?: string;
  /** A file could be parsed before, and cannot be now. */
  readonly isBroken: boolean;
}

const nothing: ProposalOutcome = { accepted: 0, rejected: 0, isBroken: false };

/** Shows what a plan would change, and writes what the user wants of it: the way to every file that a model changes. */
export class ProposedEdits implements Disposable {
  readonly #edits: EditsClient;
  readonly #log: LogOutputChannel;
  readonly #preview: EditPreview;
  readonly #reviews: HunkReviews;

  constructor(edits: EditsClient, log: LogOutputChannel) {
    this.#edits = edits;
    this.#log = log;
    this.#preview = new EditPreview(log);
    this.#reviews = new HunkReviews(edits, log);
  }

  /** One file hunk by hunk, more of them in the multi-file diff. `isQuiet`: the caller says how it ended. */
  async propose(view: EditPlanView, { isQuiet = false } = {}): Promise<ProposalOutcome> {
    if (view.refused.length > 0) {
      tellRefused(view, this.#log);
      return nothing;
    }
    if (view.files.length === 0) {
      void window.showInformationMessage(l10n.t('There is nothing to change: the files are so already.'));
      return nothing;
    }
    const file = reviewable(view);
    const outcome =
      file === undefined ? await this.#previewed(view) : ((await this.#reviews.review(view, file)) ?? nothing);
    if (!isQuiet && outcome.checkpoint !== undefined)
      void tellWritten(l10n.t('Hearth changed what you accepted (files: {0}).', view.files.length), outcome.checkpoint);
    return outcome;
  }

  dispose(): void {
    Disposable.from(this.#preview, this.#reviews).dispose();
  }

  async #previewed(view: EditPlanView): Promise<ProposalOutcome> {
    const { length } = view.files;
    if (!(await this.#preview.ask(view))) return { ...nothing, rejected: length };
    const done = await carryOut(this.#edits, view, this.#log);
    if (done === undefined) return nothing;
    return { accepted: length, rejected: 0, checkpoint: done.checkpoint, isBroken: done.broken.length > 0 };
  }
}

const maxTold = 3;

function tellRefused({ refused }: EditPlanView, log: LogOutputChannel): void {
  const reasons = refused.map((each) => refusalText(each, l10n.t));
  for (const { reason, line } of refused) log.info(`An edit was refused: ${reason.code} (line ${line} of the answer)`);
  const more = reasons.length > maxTold ? ` ${l10n.t('And {0} more.', reasons.length - maxTold)}` : '';
  void window.showWarningMessage(l10n.t('Nothing was changed. {0}', `${reasons.slice(0, maxTold).join(' ')}${more}`));
}
