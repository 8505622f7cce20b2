import assert from 'node:assert/strict';
import { languageOf, needsFirstLine } from '../../../../src/codeIndex/discover/languages.ts';
import { parsedLanguages } from '../../../../src/syntax/grammars.ts';

describe('languageOf', () => {
  const byName: Readonly<Record<string, string | undefined>> = {
    'a.ts': 'typescript',
    'src/A.TSX': 'typescriptreact',
    'a.d.mts': 'typescript',
    'x/y.jsx': 'javascriptreact',
    'a.h': 'cpp',
    'a.c': 'c',
    Dockerfile: 'dockerfile',
    'Dockerfile.dev': 'dockerfile',
    'api.dockerfile': 'dockerfile',
    Makefile: 'makefile',
    GNUmakefile: 'makefile',
    'rules.mk': 'makefile',
    '.bashrc': 'shellscript',
    'CMakeLists.txt': 'cmake',
    'notes.txt': 'plaintext',
    LICENSE: 'plaintext',
    'requirements.txt': 'pip-requirements',
    'docker-compose.yml': 'dockercompose',
    'tsconfig.json': 'jsonc',
    'package.json': 'json',
    '.env.example': 'properties',
    'a.ipynb': 'jupyter',
    ts: undefined,
    'a.bin': undefined,
    'a.png': undefined,
    'a.': undefined,
    '.ts/a': undefined,
    'a.unknown': undefined,
  };
  for (const [path, languageId] of Object.entries(byName)) {
    it(`${path} is ${languageId}`, () => assert.equal(languageOf(path), languageId));
  }

  const byFirstLine: Readonly<Record<string, string | undefined>> = {
    '#!/bin/sh': 'shellscript',
    '#!/usr/bin/env python3': 'python',
    '#! /usr/bin/python2.7 -u': 'python',
    '#!/usr/bin/env -S node --no-warnings': 'javascript',
    '#!/usr/bin/env -S A=1 deno run': 'javascript',
    '#!/usr/bin/Rscript': 'r',
    '#!/opt/perl': 'perl',
    '#!/bin/unknown': undefined,
    'import os': undefined,
    '': undefined,
  };
  for (const [line, languageId] of Object.entries(byFirstLine)) {
    it(`a script with ${line} is ${languageId}`, () => assert.equal(languageOf('bin/tool', line), languageId));
  }

  it('asks for the first line only of names without an ending', () => {
    assert.deepEqual(['bin/tool', 'Makefile', 'a.unknown', 'a.ts', '.hidden'].filter(needsFirstLine), ['bin/tool']);
  });

  it('lets every language with a grammar in', () => {
    const unreached = new Set(parsedLanguages('indexing'));
    for (const ending of [
      'c',
      'cpp',
      'cs',
      'css',
      'go',
      'html',
      'ini',
      'java',
      'js',
      'jsx',
      'json',
      'jsonc',
      'kt',
      'lua',
      'php',
      'ps1',
      'properties',
      'py',
      'rb',
      'rs',
      'sh',
      'svelte',
      'toml',
      'ts',
      'tsx',
      'vue',
      'yaml',
      'zig',
    ]) {
      unreached.delete(languageOf(`a.${ending}`) ?? '');
    }
    unreached.delete(languageOf('compose.yaml') ?? '');
    assert.deepEqual([...unreached], []);
  });
});
