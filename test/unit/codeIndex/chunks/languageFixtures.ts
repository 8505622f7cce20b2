import { braceFixtures } from './braceFixtures.ts';
import { dataFixtures } from './dataFixtures.ts';
import { scriptFixtures } from './scriptFixtures.ts';
import type { LanguageFixture } from './languageFixture.ts';

export const languageFixtures: Readonly<Record<string, LanguageFixture>> = {
  ...braceFixtures,
  ...scriptFixtures,
  ...dataFixtures,
};
