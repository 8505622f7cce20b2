import { secretMask } from '../../../privacy/secretText.ts';
import type { RoleMessage } from '../../../chat/promptPart.ts';
import type { ActProgress } from '../../../protocol/editMessages.ts';
import { ProblemError } from '../../../protocol/problems.ts';
import type { ChatModel } from '../../chat/chatModel.ts';
import { isBrokenBy } from '../brokenBy.ts';
import type { EditSources } from '../editSources.ts';
import { planAnswer, type PlannedAnswer } from '../planAnswer.ts';
import type { ActionPrompt } from './actionPrompt.ts';
import { repairMessages, whyUnusable } from './repairPrompt.ts';
import type { Situation } from './situation.ts';

interface Writer {
  readonly sources: EditSources;
  readonly model: ChatModel;
  /** An answer that cannot be used is asked for once more. */
  readonly mayRepair: boolean;
}

interface EditRequest {
  readonly situation: Situation;
  readonly prompt: ActionPrompt;
  readonly messages: readonly RoleMessage[];
}

/** What a model wrote in the end. */
export interface Attempt {
  readonly planned: PlannedAnswer;
  readonly answer: string;
  /** What it was asked. */
  readonly messages: readonly RoleMessage[];
  readonly isRepaired: boolean;
}

type OnStage = (progress: Omit<ActProgress, 'action'>) => void;

const progressEveryMs = 100;

/** Lets a model write a change and plans it; once more with the reason when it cannot be used. Rejects as the model does. */
export async function writeEdit(
  writer: Writer,
  request: EditRequest,
  onStage: OnStage,
  signal: AbortSignal,
): Promise<Attempt> {
  onStage({ stage: 'reading', characters: 0 });
  const first = await attempt(writer, request, onStage, signal);
  const complaint = await complaintOf(writer, request, first.planned);
  if (complaint === undefined || !writer.mayRepair) return unmasked(first, writer, request);
  const messages = repairMessages(request.messages, first.answer, complaint);
  if (!(await hasRoom(writer.model, messages, request.prompt, signal))) return unmasked(first, writer, request);
  onStage({ stage: 'repairing', characters: 0 });
  const second = await attempt(writer, { ...request, messages }, onStage, signal);
  return unmasked({ ...second, isRepaired: true }, writer, request);
}

/** Nobody is offered a change that would put a mask in the place of a secret. */
function unmasked(attempted: Attempt, { model }: Writer, { situation }: EditRequest): Attempt {
  if (situation.isMasked && writesMask(attempted.planned))
    throw new ProblemError({ code: 'edits.nothing', model: model.name });
  return attempted;
}

async function attempt(
  { sources, model }: Writer,
  { situation, prompt, messages }: EditRequest,
  onStage: OnStage,
  signal: AbortSignal,
): Promise<Attempt> {
  let characters = 0;
  let toldMs = Number.NEGATIVE_INFINITY;
  const onText = (text: string) => {
    characters += text.length;
    const nowMs = performance.now();
    if (nowMs - toldMs < progressEveryMs) return;
    toldMs = nowMs;
    onStage({ stage: 'writing', characters });
  };
  const { maxTokens, form, files } = prompt;
  // What is copied from the file is there already: the model only has to agree.
  const lookup = `${situation.text}\n${situation.code}`;
  const { text } = await model.answer({ messages, maxTokens, temperature: 0, lookup }, onText, signal);
  const planned = await planAnswer(
    {
      kind: 'answer',
      text,
      files,
      ...(files[0] !== undefined && { target: files[0] }),
      ...(situation.folder !== undefined && { folder: situation.folder }),
      ...(form.expects && { expects: form.expects }),
    },
    sources,
  );
  return { planned, answer: text, messages, isRepaired: false };
}

/** Undefined when the plan can be shown. */
async function complaintOf(
  { sources }: Writer,
  { situation }: EditRequest,
  planned: PlannedAnswer,
): Promise<string | undefined> {
  const broken: string[] = [];
  for (const file of planned.plan.files) {
    if (file.kind === 'delete') continue;
    const before = file.kind === 'create' ? undefined : file.before.text;
    const { path, inside } = file.kind === 'rename' ? file.to : file.target;
    if (await isBrokenBy(sources.syntax, path, before, file.after)) broken.push(inside);
  }
  const isUsable = planned.plan.isComplete && planned.plan.files.length > 0 && broken.length === 0;
  if (isUsable && !(situation.isMasked && writesMask(planned))) return undefined;
  return whyUnusable(planned, broken);
}

/** A model that was shown a mask may write it where the secret was. */
function writesMask({ plan }: PlannedAnswer): boolean {
  return plan.files.some((file) => file.kind === 'change' && masksIn(file.after) > masksIn(file.before.text));
}

function masksIn(text: string): number {
  return text.split(secretMask).length - 1;
}

async function hasRoom(
  model: ChatModel,
  messages: readonly RoleMessage[],
  { maxTokens }: ActionPrompt,
  signal: AbortSignal,
): Promise<boolean> {
  return (await model.tokensOf(messages, signal)) + maxTokens <= model.contextSize;
}
