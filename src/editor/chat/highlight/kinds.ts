/** What kinds of words code has, and how TextMate grammars call them. Later rows go before earlier ones where both fit. */
const scopes = {
  comment: ['comment', 'punctuation.definition.comment'],
  constant: [
    'constant',
    'support.constant',
    'variable.language',
    'meta.attribute',
    'entity.other.attribute-name',
    'support.type.property-name',
  ],
  function: ['entity.name.function', 'support.function', 'entity.name.tag', 'meta.function-call'],
  type: [
    'entity.name.type',
    'entity.name.class',
    'support.type',
    'support.class',
    'entity.other.inherited-class',
    'storage.type.cs',
    'storage.type.java',
  ],
  keyword: ['keyword', 'storage.modifier', 'storage.type', 'keyword.control', 'markup.heading'],
  string: ['string', 'markup.inline', 'constant.character.escape', 'string.regexp'],
  inserted: ['markup.inserted', 'punctuation.definition.inserted'],
  deleted: ['markup.deleted', 'punctuation.definition.deleted'],
  plain: ['keyword.operator.accessor', 'meta.template.expression', 'punctuation.definition.string.template.expression'],
} as const;

/** Themes have colours, and the view has classes: each kind gets a colour that nobody sees and that stands for it. */
const names = Object.keys(scopes);
const colorOf = (at: number) => `#0000${(at + 1).toString(16).padStart(2, '0').toUpperCase()}`;
const plainColor = '#000000';

export const kindsTheme = {
  name: 'kinds',
  type: 'dark' as const,
  fg: plainColor,
  bg: '#FFFFFF',
  settings: [
    { settings: { foreground: plainColor, background: '#FFFFFF' } },
    ...Object.values(scopes).map((scope, at) => ({ scope: [...scope], settings: { foreground: colorOf(at) } })),
  ],
};

/** The class of a word in the style sheet; undefined for what reads as plain text. */
export function kindOf(color: string | undefined): string | undefined {
  const kind = names[names.findIndex((_, at) => colorOf(at) === color?.toUpperCase())];
  return kind === 'plain' ? undefined : kind;
}
