export const grammarPackages: readonly string[];
