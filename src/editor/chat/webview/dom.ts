type Child = Node | string | false | undefined;
type Value = string | number | boolean | undefined;

/**
 * An element. Attributes that are `false` or undefined are left out, `true` is one without a value; strings among the
 * children are text, so nothing that is put in can become markup.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children.filter((child): child is Node | string => child !== false && child !== undefined));
  return element;
}

export function setAttribute(element: Element, name: string, value: Value): void {
  if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Puts children in the place of all that are there. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(
    ...children.filter((child): child is Node | string => child !== false && child !== undefined),
  );
}

export function hiddenText(text: string): HTMLElement {
  return el('span', { class: 'visually-hidden' }, text);
}

interface ButtonLook {
  readonly class?: string;
  /** What a screen reader adds, where many buttons read alike. */
  readonly of?: string;
}

export function button(
  label: string,
  press: () => void,
  { class: look = 'secondary', of }: ButtonLook = {},
): HTMLButtonElement {
  const element = el('button', { type: 'button', class: look }, label, of !== undefined && hiddenText(` ${of}`));
  element.addEventListener('click', press);
  return element;
}
