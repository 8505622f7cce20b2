/**
 * Where code lives that a person edits. Everything else that VS Code shows as text (output, the git side of a diff,
 * search results, settings that hold tokens) is never sent to the engine.
 */
const servedSchemes = [
  'file',
  'untitled',
  // Cells of notebooks; Jupyter's interactive window has its input box under a scheme of its own.
  'vscode-notebook-cell',
  'vscode-interactive-input',
  // Files of a remote machine, seen from a client that does not run there.
  'vscode-remote',
  // Repositories opened without a clone, and Live Share guests.
  'vscode-vfs',
  'vsls',
];

/** A document selector, as both VS Code and LSP spell it. */
export const servedDocuments = servedSchemes.map((scheme) => ({ scheme }));
