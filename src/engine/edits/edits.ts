import { join } from 'node:path';
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { isAbort } from '../../base/aborts.ts';
import type { Logger } from '../../base/logger.ts';
import { createImportedDeclarations } from '../../inference/completion/context/importedDeclarations.ts';
import type { DocumentView } from '../../inference/completion/types.ts';
import type { TaughtEdit } from '../../personalize/events/taughtEdit.ts';
import type { Exclusion } from '../../privacy/exclusion.ts';
import {
  type Act,
  type ActProgress,
  type ActResult,
  type AppliedEdits,
  type AppliedResult,
  type CanAct,
  type CheckEdits,
  type CheckedEdits,
  type CheckpointList,
  EditMessage,
  type EditPlanView,
  type PlanAnswer,
  type RepairAct,
  type RollBack,
  type RollBackPlan,
} from '../../protocol/editMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { abortSignal } from '../abortSignal.ts';
import type { CurrentChatModel } from '../chat/chatModel.ts';
import { type OpenDocuments, recentPaths } from '../openDocuments.ts';
import type { Workspace } from '../workspace.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { Actions } from './action/actions.ts';
import { Checkpoints } from './checkpoints.ts';
import { createEditSources } from './editSources.ts';
import { KeptPlans } from './keptPlans.ts';
import { planForClient } from './planForClient.ts';
import { taughtEdits } from './teach.ts';
import { WrittenEdits } from './writtenEdits.ts';

export interface EditsOptions {
  /** Checkpoints are kept in `checkpoints/` of it. */
  readonly dataFolder: string;
  readonly workspace: Workspace;
  readonly documents: OpenDocuments;
  readonly exclusion: Exclusion;
  readonly index: Pick<WorkspaceIndex, 'search'>;
  readonly syntax: Syntax;
  readonly model: CurrentChatModel;
  /** Why there is none; undefined while one is being loaded. */
  readonly whyNoModel: () => Problem | undefined;
  /** How the user writes code; '' where nothing is known. */
  readonly style: (document: DocumentView) => string;
  /** Hears of every change that the user let be made. */
  readonly teach: (edit: TaughtEdit) => void;
  readonly log: Logger;
}

export interface Edits extends Disposable {
  /** Answers the client from now on. */
  serve(connection: Connection): void;
}

/** Introduces what plans, writes and rolls back edits to each other. No file of the user's is ever written from here. */
export function createEdits(options: EditsOptions): Edits {
  const { dataFolder, workspace, documents, index, syntax, teach, log, model, whyNoModel } = options;
  const sources = createEditSources(options);
  const plans = new KeptPlans();
  const checkpoints = new Checkpoints({ folder: join(dataFolder, 'checkpoints'), log, now: () => Date.now() });
  const written = new WrittenEdits({
    sources,
    plans,
    checkpoints,
    onWritten(file, writer) {
      if (writer !== undefined) for (const edit of taughtEdits(file, writer, workspace.folders)) teach(edit);
    },
  });
  const recentlyEdited = () => recentPaths(documents);
  const imported = createImportedDeclarations({ workspace, syntax });
  const actions = new Actions({ ...options, sources, plans, definitions: { imported, index, recentlyEdited } });

  return {
    serve(connection) {
      void checkpoints.prune();
      const onProgress = (progress: ActProgress) => void connection.sendNotification(EditMessage.progress, progress);
      connection.onRequest<EditPlanView, void>(EditMessage.plan, (asked: PlanAnswer) =>
        planForClient(asked, sources, plans),
      );
      connection.onRequest<ActResult, void>(EditMessage.act, (act: Act, token: CancellationToken) =>
        unlessAborted(actions.act(act, onProgress, abortSignal(token))),
      );
      connection.onRequest<ActResult, void>(EditMessage.repair, (order: RepairAct, token: CancellationToken) =>
        unlessAborted(actions.repair(order, onProgress, abortSignal(token))),
      );
      connection.onRequest<CanAct, void>(EditMessage.canAct, () => {
        const name = model()?.name;
        if (name !== undefined) return { model: name };
        const problem = whyNoModel();
        return problem === undefined ? {} : { problem };
      });
      connection.onRequest<CheckedEdits, void>(EditMessage.check, (edits: CheckEdits) => written.check(edits));
      connection.onRequest<AppliedResult, void>(EditMessage.applied, (edits: AppliedEdits) => written.applied(edits));
      connection.onRequest<CheckpointList, void>(EditMessage.checkpoints, () => written.list());
      connection.onRequest<RollBackPlan, void>(EditMessage.rollBack, (order: RollBack) => written.rollBack(order));
    },
    [Symbol.dispose]() {
      actions[Symbol.dispose]();
    },
  };
}

/** What was ended by its client or by a newer request is told as LSP tells it. */
async function unlessAborted<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (isAbort(cause)) throw new ResponseError(LSPErrorCodes.ServerCancelled, 'It was ended.');
    throw cause;
  }
}
