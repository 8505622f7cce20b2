import { basename } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { GatheredItem } from '../../../chat/context/fitItems.ts';
import { maskSecrets } from '../../../privacy/secretText.ts';
import type { EditorProblem } from '../../../protocol/chatMessages.ts';
import { ProblemError } from '../../../protocol/problems.ts';
import type { Workspace } from '../../workspace.ts';
import type { OpenDocuments } from '../../openDocuments.ts';
import type { Sources } from './gather.ts';

export interface EditorSourceParts {
  readonly documents: Pick<OpenDocuments, 'get'>;
  readonly workspace: Pick<Workspace, 'view'>;
}

const maxProblems = 30;
/** The end is where a command says how it went. */
const maxTerminalCharacters = 20_000;

/** `@selection`, `@problems`, `@terminal`: what the editor told with the question. */
export function createEditorSources({
  documents,
  workspace,
}: EditorSourceParts): Pick<Sources, 'selection' | 'problems' | 'terminal'> {
  /** The path by which a document is shown; undefined when the user excluded it. */
  const shown = async (
    uri: string,
  ): Promise<{ readonly path: string; readonly document: TextDocument } | undefined> => {
    const document = documents.get(uri);
    const view = document && (await workspace.view(document));
    return document && view && { path: view.path, document };
  };
  return {
    async selection(_, { editor: { uri = '', selection } }) {
      const front = await shown(uri);
      if (front === undefined) throw new ProblemError({ code: 'context.noSelection' });
      const { path, document } = front;
      const whole = document.getText();
      const { startLine, endLine, text } = selection ?? { startLine: 1, endLine: document.lineCount, text: whole };
      return [{ kind: 'selection', label: path, path, uri, startLine, endLine, text: maskSecrets(text) }];
    },
    async problems(_, { editor: { uri = '', problems = [] } }) {
      const path = (await shown(uri))?.path ?? basename(uri);
      if (problems.length === 0) return [];
      return [
        {
          kind: 'problems',
          label: path,
          text: problems
            .slice(0, maxProblems)
            .map((each) => line(path, each))
            .join('\n'),
        },
      ];
    },
    async terminal(_, { editor: { terminal = '' } }): Promise<readonly GatheredItem[]> {
      if (terminal.trim() === '') throw new ProblemError({ code: 'context.noTerminal' });
      return [{ kind: 'terminal', label: 'terminal', text: maskSecrets(terminal.slice(-maxTerminalCharacters)) }];
    },
  };
}

function line(path: string, { line: at, severity, message, source }: EditorProblem): string {
  return `${path}:${at} ${severity}: ${message.replace(/\s+/g, ' ')}${source === undefined ? '' : ` (${source})`}`;
}
