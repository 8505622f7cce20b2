import { parsePromptFile } from '../../chat/context/promptFile.ts';
import { builtInCommands, type Command } from '../../chat/context/commands.ts';
import type { CommandList } from '../../protocol/chatMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import type { WorkspaceFiles } from './context/workspaceFiles.ts';

const promptsFolder = '.hearth/prompts';
const maxFiles = 50;

export interface WorkspaceCommands {
  readonly commands: readonly Command[];
  readonly problems: readonly Problem[];
}

/** The commands of a workspace folder's `.hearth/prompts/`, read anew: they are few, and change while one is at work on them. */
export async function workspaceCommands(files: WorkspaceFiles, folder: string | undefined): Promise<WorkspaceCommands> {
  const names = await files.list(folder, promptsFolder).catch(() => []);
  const some = names.filter((name) => /\.md$/i.test(name)).slice(0, maxFiles);
  const read = await Promise.all(
    some.map(async (name) => {
      const path = `${promptsFolder}/${name}`;
      const file = await files.read(folder, path).catch(() => undefined);
      return file === undefined ? [] : [parsePromptFile(path, file.text)];
    }),
  );
  const parsed = read.flat();
  return {
    commands: parsed.flatMap((each) => ('command' in each ? [each.command] : [])),
    problems: parsed.flatMap((each) => ('problem' in each ? [each.problem] : [])),
  };
}

/** As a client lists them. */
export function commandList({ commands, problems }: WorkspaceCommands): CommandList {
  const all = [...builtInCommands, ...commands];
  return { commands: all.map(({ name, source, description }) => ({ name, source, description })), problems };
}
