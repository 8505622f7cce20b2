/**
 * Changes the children of `element` into those of `markup` and leaves alone what is the same, so that focus, selection,
 * scroll positions and what the user opened or typed live on. Elements with a `data-key` are found again by it, others by
 * their place. `markup` was escaped by the extension; parsing it here runs nothing.
 */
export function morph(element: Element, markup: string): void {
  const template = document.createElement('template');
  template.innerHTML = markup;
  const focused = document.activeElement;
  const heir = focused && element.contains(focused) ? heirsOf(focused, element) : undefined;
  morphChildren(element, template.content);
  if (!heir || !focused || document.activeElement === focused) return;
  // What was moved lost the keyboard, too.
  if (focused.isConnected && focused instanceof HTMLElement) focused.focus();
  else heir()?.focus();
}

function morphChildren(old: Node, next: Node): void {
  const nextNodes = nodesOf(next);
  const wantedKeys = new Set(nextNodes.map(keyOf));
  const keyed = new Map<string, ChildNode>();
  for (const node of nodesOf(old)) {
    const key = keyOf(node);
    if (key === undefined) continue;
    if (wantedKeys.has(key)) keyed.set(key, node);
    else node.remove();
  }
  let place: ChildNode | null = old.firstChild;
  for (const wanted of nextNodes) {
    const key = keyOf(wanted);
    const found = key === undefined ? place : (keyed.get(key) ?? null);
    if (!found || !isAlike(found, wanted) || keyOf(found) !== key) {
      old.insertBefore(wanted, place);
      continue;
    }
    if (found === place) place = place.nextSibling;
    else old.insertBefore(found, place);
    morphNode(found, wanted);
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
}

/** As they are now: the list itself changes with every change. */
function nodesOf(parent: Node): readonly ChildNode[] {
  return Array.from(parent.childNodes);
}

function morphNode(old: Node, next: Node): void {
  if (!(old instanceof Element) || !(next instanceof Element)) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  for (const name of old.getAttributeNames())
    if (!next.hasAttribute(name) && !isOfTheUser(old, name)) old.removeAttribute(name);
  for (const name of next.getAttributeNames()) {
    const value = next.getAttribute(name) ?? '';
    if (old.getAttribute(name) !== value && !isOfTheUser(old, name)) old.setAttribute(name, value);
  }
  if (isDirty(old) && !isSaved(old, next)) return;
  morphChildren(old, next);
  takeValue(old, next);
}

/** What the user types is not taken away: it stays marked until the extension says the same. */
function isSaved(old: Element, next: Element): boolean {
  if (!(old instanceof HTMLTextAreaElement) || !(next instanceof HTMLTextAreaElement)) return false;
  if (filledLines(old) !== filledLines(next)) return false;
  old.removeAttribute('data-dirty');
  return true;
}

function filledLines({ value }: HTMLTextAreaElement): string {
  const lines = value.split('\n').filter((line) => line.trim() !== '');
  return lines.join('\n');
}

/** Whether a `<details>` is open is the user's to say, and how a control is marked is ours. */
function isOfTheUser(element: Element, attribute: string): boolean {
  return (element instanceof HTMLDetailsElement && attribute === 'open') || attribute === 'data-dirty';
}

export function isDirty(element: Element): boolean {
  return element.hasAttribute('data-dirty');
}

/** Attributes say how a control begins; once touched it has a value of its own. */
function takeValue(old: Element, next: Element): void {
  if (old instanceof HTMLInputElement && next instanceof HTMLInputElement) {
    if (old.type === 'checkbox') old.checked = next.checked;
    else if (old.value !== next.value) old.value = next.value;
  } else if (old instanceof HTMLTextAreaElement && next instanceof HTMLTextAreaElement) {
    if (old.value !== next.value) old.value = next.value;
  } else if (old instanceof HTMLSelectElement && next instanceof HTMLSelectElement) {
    if (old.value !== next.value) old.value = next.value;
  }
}

function isAlike(a: Node, b: Node): boolean {
  return a.nodeName === b.nodeName && a.nodeType === b.nodeType;
}

function keyOf(node: Node): string | undefined {
  return node instanceof Element ? (node.getAttribute('data-key') ?? undefined) : undefined;
}

/** Where the keyboard goes on when what had it is gone: to what stands beside it, else to the section. */
function heirsOf(focused: Element, section: Element): () => HTMLElement | undefined {
  const beside: Element[] = [];
  for (let each: Element | null = focused; each && each !== section; each = each.parentElement) {
    if (each.nextElementSibling) beside.push(each.nextElementSibling);
    if (each.previousElementSibling) beside.push(each.previousElementSibling);
    if (each.parentElement) beside.push(each.parentElement);
  }
  return () => {
    for (const each of beside) {
      const target = each.isConnected && each !== section ? firstFocusable(each) : undefined;
      if (target) return target;
    }
    return firstFocusable(section);
  };
}

const focusable = 'summary, button:not(:disabled), select, textarea, input, a[href]';

function firstFocusable(element: Element): HTMLElement | undefined {
  if (element instanceof HTMLElement && element.matches(focusable)) return element;
  return element.querySelector<HTMLElement>(focusable) ?? undefined;
}
