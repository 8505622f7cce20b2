import type { EditorState, Mention, SendChat } from '../../protocol/chatMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { mentionText } from '../../protocol/mentionText.ts';
import { attachmentOf } from './attachmentText.ts';
import type { Attachment } from './messages.ts';

/** A question that is not sent yet, beside its text. */
export interface DraftQuestion {
  readonly attachments: readonly Mention[];
  /** What was selected when a selection was attached: that is meant, wherever the cursor goes. */
  readonly editor?: EditorState;
  /** Where it goes, when a question that is there is asked differently; else to the end. */
  readonly editing?: { readonly parent: string | null };
}

export const emptyDraft: DraftQuestion = { attachments: [] };

/** With something more attached; what is there already stays once. `editor`: what it was seen in, for a selection. */
export function withAttachment(draft: DraftQuestion, mention: Mention, editor?: EditorState): DraftQuestion {
  const key = mentionText(mention);
  const others = draft.attachments.filter((each) => mentionText(each) !== key);
  return { ...draft, attachments: [...others, mention], ...(editor && { editor }) };
}

export function withoutAttachment(draft: DraftQuestion, key: string): DraftQuestion {
  return withoutText({ ...draft, attachments: draft.attachments.filter((each) => mentionText(each) !== key) });
}

/** What an editor showed is meant no more, unless a selection of it is attached. */
export function withoutText({ editor, ...draft }: DraftQuestion): DraftQuestion {
  const isSelected = draft.attachments.some(({ kind }) => kind === 'selection');
  return { ...draft, ...(isSelected && editor && { editor }) };
}

/** Whether what the editor shows goes into the prompt: a command takes it by itself. */
export function dependsOnEditor({ attachments, editor }: DraftQuestion, text: string): boolean {
  if (editor) return false;
  return (
    /^\s*\/|@(?:selection|problems)/.test(text) ||
    attachments.some(({ kind }) => kind === 'selection' || kind === 'problems')
  );
}

export function attachmentsOf({ attachments, editor }: DraftQuestion, t: Translate): readonly Attachment[] {
  return attachments.map((mention) => attachmentOf(mention, t, selectionLabel(editor)));
}

/** `cart.ts:3-9`. */
function selectionLabel(editor: EditorState | undefined): string | undefined {
  if (!editor?.selection || editor.uri === undefined) return undefined;
  const { startLine, endLine } = editor.selection;
  const name = decoded(editor.uri.split('/').at(-1) ?? '');
  return `${name}:${startLine === endLine ? startLine : `${startLine}-${endLine}`}`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

export interface AskedNow {
  readonly text: string;
  readonly folder: string;
  readonly conversation: string | null;
  readonly head: string | null;
  /** What the editor shows now, and the terminal's last command. */
  readonly editor: EditorState;
  readonly terminal: () => string | undefined;
}

/** The question as the engine gets it. */
export function questionOf({ attachments, editor, editing }: DraftQuestion, now: AskedNow): SendChat {
  const { text, folder, conversation, head } = now;
  // What a command in the terminal printed leaves the terminal only when it is asked for.
  const isTerminalAsked = text.includes('@terminal') || attachments.some(({ kind }) => kind === 'terminal');
  const terminal = isTerminalAsked ? now.terminal() : undefined;
  return {
    folder,
    conversation,
    ask: { kind: 'question', text, parent: editing ? editing.parent : head, attachments },
    editor: { ...(editor ?? now.editor), ...(terminal !== undefined && { terminal }) },
  };
}
