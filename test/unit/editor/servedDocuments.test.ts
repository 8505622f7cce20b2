import assert from 'node:assert/strict';
import { servedDocuments } from '../../../src/editor/servedDocuments.ts';

const served = new Set(servedDocuments.map(({ scheme }) => scheme));

describe('servedDocuments', () => {
  it('are where people write code', () => {
    for (const scheme of ['file', 'untitled', 'vscode-notebook-cell', 'vscode-remote']) assert.ok(served.has(scheme));
  });

  it('are not what VS Code only shows, nor settings that may hold tokens', () => {
    const others = ['output', 'git', 'search-editor', 'debug', 'vscode-settings', 'vscode-userdata', 'comment'];
    for (const scheme of [...others, 'hearth-statistics', 'hearth-context']) assert.ok(!served.has(scheme), scheme);
  });
});
