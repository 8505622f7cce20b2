import { flag, type Html, html } from '../page/html.ts';
import type { PageAction } from './messages.ts';

/** An action as the markup holds it: a control adds its `value`. */
export type Sent = PageAction extends infer A ? (A extends { value: unknown } ? Omit<A, 'value'> : A) : never;

/** The attribute that makes an element say something. */
export function send(action: Sent): Html {
  return html`data-send="${JSON.stringify(action)}"`;
}

export interface ButtonLook {
  readonly look?: 'primary' | 'danger';
  readonly disabled?: boolean;
  /** What a screen reader adds, where many buttons read alike: whose it is. */
  readonly of?: string;
}

export function button(label: string, action: Sent, { look, disabled = false, of }: ButtonLook = {}): Html {
  return html`<button type="button" class="${look ?? 'secondary'}" ${send(action)}${flag('disabled', disabled)}>${label}${of !== undefined && hiddenText(of)}</button>`;
}

/** Text for screen readers only. */
export function hiddenText(text: string): Html {
  return html`<span class="visually-hidden"> ${text}</span>`;
}

export interface Option {
  readonly value: string;
  readonly text: string;
}

/** A select with its label above it, or for screen readers only. */
export function select(
  label: string,
  options: readonly Option[],
  chosen: string,
  action: Sent,
  { labelled = true }: { readonly labelled?: boolean } = {},
): Html {
  return html`<label class="field"><span class="${labelled ? 'label' : 'visually-hidden'}">${label}</span><select ${send(action)}>${options.map(
    ({ value, text }) => html`<option value="${value}"${flag('selected', value === chosen)}>${text}</option>`,
  )}</select></label>`;
}

/** A list of names and values. */
export function facts(rows: readonly (readonly [name: string, value: string | Html])[]): Html {
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
