import { el } from './dom.ts';

/** Drawn here, so that the view loads neither a font nor a picture: lines in a square of 16. */
const drawings = {
  send: 'M8 13V3M3.5 7.5 8 3l4.5 4.5',
  stop: 'M4 4h8v8H4z',
  add: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  insert: 'M3 13h10M8 2v8M4.5 6.5 8 10l3.5-3.5',
  apply: 'M3 8.5l3 3 7-7',
  again: 'M13 8a5 5 0 1 1-1.5-3.5L13 6M13 2.5V6H9.5',
  edit: 'M3 13l.7-3L11 2.7l2.3 2.3L6 12.3z',
  previous: 'M10 3.5 5.5 8l4.5 4.5',
  next: 'M6 3.5 10.5 8 6 12.5',
  remove: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.6 9h5.8l.6-9',
  export: 'M8 2v8M4.5 5.5 8 2l3.5 3.5M3 10v3.5h10V10',
  back: 'M7 3.5 2.5 8 7 12.5M3 8h10',
} as const;

/** A button that is its picture; its name is read, and shown when one points at it. */
export function iconButton(
  label: string,
  picture: keyof typeof drawings,
  press: () => void,
  { look = 'quiet', of, disabled = false }: { look?: string; of?: string; disabled?: boolean } = {},
): HTMLButtonElement {
  const name = of === undefined ? label : `${label} ${of}`;
  const attributes = { type: 'button', class: `${look} icon-only`, 'aria-label': name, title: label, disabled };
  const element = el('button', attributes, icon(picture));
  element.addEventListener('click', press);
  return element;
}

function icon(name: keyof typeof drawings): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const attributes = { viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true', class: 'icon' };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', drawings[name]);
  svg.append(path);
  return svg;
}
