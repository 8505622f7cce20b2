import { extensions } from 'vscode';
import { findLanguageName } from './languageNames.ts';

/** The name people know a language by (`C++`), from the extensions that contribute it; VS Code's API knows only ids. */
export function languageName(languageId: string): string {
  return findLanguageName(
    languageId,
    extensions.all.map((extension) => extension.packageJSON),
  );
}
