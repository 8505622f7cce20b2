export function contentProblems(files: readonly string[], target: { readonly binaries: readonly string[] }): string[];
