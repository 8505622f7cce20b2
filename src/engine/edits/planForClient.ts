import { URI } from 'vscode-uri';
import { fileOf } from '../../base/fileOf.ts';
import { isTarget } from '../../edits/target/target.ts';
import type { EditPlanView, PlanAnswer } from '../../protocol/editMessages.ts';
import { type EditSources, folderOf, pathFor } from './editSources.ts';
import type { KeptPlans } from './keptPlans.ts';
import { planAnswer, type PlannedAnswer } from './planAnswer.ts';
import { planView } from './planView.ts';

/** Refusals of code whose place a model can find, or whose gaps it can fill. */
const mendable: readonly string[] = ['omission', 'notFound', 'outdated', 'ambiguous', 'emptySearch', 'noPath'];

/** Plans what a client asks for, and keeps the plan. */
export async function planForClient(asked: PlanAnswer, sources: EditSources, plans: KeptPlans): Promise<EditPlanView> {
  const { kind, text, info, target, model } = asked;
  const { folders } = sources.targets();
  const file = target && fileOf(target.uri);
  const inside = file && pathFor(file, folders);
  const folder = (asked.folder && fileOf(asked.folder)) ?? (file && folderOf(file, folders));
  const planned = await planAnswer(
    {
      kind,
      text,
      files: asked.files ?? [],
      ...(info !== undefined && { info }),
      ...(inside && { target: inside }),
      ...(folder && { folder }),
    },
    sources,
  );
  const kept = plans.keep(planned.plan, model);
  const view = await planView(kept.id, planned.plan, planned.proposals, sources.syntax);
  const uri = kind === 'code' && needsModel(planned) ? await existing(planned, inside, folder, sources) : undefined;
  return uri === undefined ? view : { ...view, needsModel: { uri } };
}

function needsModel({ plan, proposals }: PlannedAnswer): boolean {
  if (proposals.length === 0) return true;
  const refusals = plan.outcomes.flatMap((outcome) => (outcome.state === 'refused' ? [outcome.refusal.code] : []));
  return refusals.length > 0 && refusals.every((code) => mendable.includes(code));
}

/** The file that the code is meant for, where there is one. */
async function existing(
  { proposals }: PlannedAnswer,
  inside: string | undefined,
  folder: string | undefined,
  sources: EditSources,
): Promise<string | undefined> {
  const path = proposals.find((each) => each.path !== '')?.path ?? inside;
  const target = path && (await sources.resolve(path, folder));
  return target && isTarget(target) && target.exists ? URI.file(target.path).toString() : undefined;
}
