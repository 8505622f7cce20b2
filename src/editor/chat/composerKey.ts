/** What of a `KeyboardEvent` decides. */
export interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** While a syllable is composed (Korean, Japanese, Chinese), every key belongs to the input method, Enter above all. */
export function isComposed({ isComposing, keyCode }: PressedKey): boolean {
  // Some browsers end the composition before they tell of its last key, which has this code then.
  return isComposing || keyCode === 229;
}

/** Whether a key sends the question: Enter alone; with Shift it begins a new line. */
export function isSend(pressed: PressedKey): boolean {
  const { key, shiftKey, altKey } = pressed;
  return key === 'Enter' && !shiftKey && !altKey && !isComposed(pressed);
}
