import type { EditStyle, StyleSummary } from '../../protocol/personalMessages.ts';

/** The style profiles of the open folders, as the client sees and changes them. */
export interface StyleDesk extends AsyncDisposable {
  summary(): StyleSummary;
  edit(order: EditStyle): Promise<void>;
  forgetAll(): Promise<void>;
}
