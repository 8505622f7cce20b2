const identifier = /[A-Za-z_$\u00aa-\uffff][\w$\u00aa-\uffff]*/g;
const shortest = 3;

/** Words that say nothing about what code is about, whatever the language. */
const common = new Set(
  `abstract and any async await bool boolean break case catch char class const continue def default delete del double
  elif else end enum export extends extern false final finally float fn for foreach from func function global goto
  if impl implements import in instanceof int interface is lambda let long match mod module mut namespace new nil none
  None not null number object operator or override package pass print private protected pub public raise readonly
  require return self short signed sizeof static str string struct super switch template then this throw throws trait
  True False true try type typedef typeof undefined union unless unsafe unsigned until use using val var virtual void
  when where while with yield`.split(/\s+/),
);

/** The distinct telling identifiers of a text, in the order of their first appearance. */
export function identifiersOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [word] of text.matchAll(identifier)) {
    if (word.length >= shortest && !common.has(word)) found.add(word);
  }
  return found;
}
