import { sampled } from './sample.mjs';

const leastWords = 4;
const mostWords = 40;
const documented = {
  function_declaration: 'name',
  generator_function_declaration: 'name',
  method_definition: 'name',
  class_declaration: 'name',
  abstract_class_declaration: 'name',
  function_definition: 'name',
  class_definition: 'name',
};

/**
 * Documentation of functions, methods and classes as questions, and the files without any: its lines are left empty, so that
 * everything else stays where it is. Documentation that spells its function's name is no question: too easy.
 *
 * @returns {Promise<{questions: {text: string, path: string, line: number, name: string}[], files: object[]}>} `line` is where
 *   the answer is declared
 */
export async function questionsOf({ files }, { syntax, count, random }) {
  const found = [];
  const docs = new Map();
  for (const { path, languageId, text } of files) {
    const parsed = await syntax.parse(languageId, text, 5_000);
    if (parsed === undefined) continue;
    for (const node of parsed.root.descendantsOfType(Object.keys(documented))) {
      const doc = languageId === 'python' ? docstringOf(node) : commentBefore(node);
      const name = node.childForFieldName('name');
      if (doc === undefined) continue;
      docs.set(path, [...(docs.get(path) ?? []), doc.node]);
      const question = questionIn(doc.text);
      if (question === undefined || name === null || spells(question, name.text)) continue;
      found.push({ text: question, path, line: name.startPosition.row, name: name.text });
    }
    docs.set(
      path,
      (docs.get(path) ?? []).map(({ startIndex, endIndex }) => ({ start: startIndex, end: endIndex })),
    );
    parsed[Symbol.dispose]();
  }
  return {
    questions: sampled(distinct(found), count, random),
    files: files.map((file) => without(file, docs.get(file.path) ?? [])),
  };
}

function commentBefore(node) {
  const outer = /export/.test(node.parent?.type ?? '') ? node.parent : node;
  const before = outer.previousNamedSibling;
  if (before?.type !== 'comment' || !before.text.startsWith('/**')) return undefined;
  if (outer.startPosition.row - before.endPosition.row > 1) return undefined;
  const text = before.text.slice(3, -2).replace(/^[ \t]*\* ?/gm, '');
  return { node: before, text };
}

/** Of a body that has more than it. */
function docstringOf(node) {
  const body = node.childForFieldName('body');
  const first = body?.firstNamedChild;
  const string = first?.type === 'expression_statement' ? first.firstNamedChild : undefined;
  if (string?.type !== 'string' || body.namedChildCount < 2) return undefined;
  return { node: string, text: string.text.replace(/^[rRuUbB]*("""|'''|"|')|("""|'''|"|')$/g, '') };
}

/** The first paragraph, before tags and sections, in plain words. */
function questionIn(doc) {
  if (/@(deprecated|inheritdoc|internal|ignore|hidden)|\{@inheritdoc/i.test(doc)) return undefined;
  const paragraph = doc.trim().split(/\n[ \t]*\n|^[ \t]*@/m, 1)[0];
  const plain = paragraph
    .replace(/\{@\w+ ([^}|\s]*)[^}]*\}/g, '$1')
    .replace(/:\w+:`~?([^`]*)`/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  const words = plain.split(' ').length;
  return words >= leastWords && words <= mostWords ? plain : undefined;
}

function spells(question, name) {
  return question.toLowerCase().includes(name.toLowerCase());
}

/** Where several share a text, none can be the answer. */
function distinct(found) {
  const times = new Map();
  for (const { text } of found) times.set(text, (times.get(text) ?? 0) + 1);
  return found.filter(({ text }) => times.get(text) === 1);
}

function without(file, places) {
  let text = file.text;
  for (const { start, end } of places)
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end);
  return { ...file, text: text.replace(/[ \t]+$/gm, '') };
}
