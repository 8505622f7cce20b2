// How the chat view's script is built: for the extension, and for the tests that open the view in a browser.
import { basename, join } from 'node:path';

/** Grammars inside grammars that no code block of a chat needs: half a megabyte. */
const innerLanguages = { 'cpp-macro': 'source.cpp.embedded.macro', graphql: 'source.graphql', haml: 'text.haml' };

const withoutInnerLanguages = {
  name: 'without inner languages',
  setup({ onLoad }) {
    onLoad({ filter: /@shikijs[\\/]langs[\\/]dist[\\/](?:cpp-macro|graphql|haml)\.mjs$/ }, ({ path }) => {
      const name = basename(path, '.mjs');
      const grammar = { name, scopeName: innerLanguages[name], patterns: [], repository: {} };
      return { contents: `export default [${JSON.stringify(grammar)}];` };
    });
  },
};

/** Options for esbuild. */
export const chatScript = {
  entryPoints: ['src/editor/chat/webview/chat.ts'],
  absWorkingDir: join(import.meta.dirname, '..'),
  bundle: true,
  platform: 'browser',
  format: 'iife',
  // Grammars are run as regular expressions with the flag `v`.
  target: 'es2024',
  minify: true,
  plugins: [withoutInnerLanguages],
};
