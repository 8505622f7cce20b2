/** The first alias that a manifest gives the language; the id where none does. Manifests are others' and unchecked. */
export function findLanguageName(languageId: string, manifests: readonly unknown[]): string {
  for (const manifest of manifests) {
    const languages = property(property(manifest, 'contributes'), 'languages');
    if (!Array.isArray(languages)) continue;
    for (const language of languages) {
      if (property(language, 'id') !== languageId) continue;
      const aliases = property(language, 'aliases');
      const alias: unknown = Array.isArray(aliases) ? aliases[0] : undefined;
      if (typeof alias === 'string' && alias) return alias;
    }
  }
  return languageId;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
