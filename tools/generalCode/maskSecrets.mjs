import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../install.mjs';

const bundle = await build({
  entryPoints: [join(root, 'src/privacy/secretText.ts')],
  bundle: true,
  format: 'esm',
  write: false,
});

/** The product's own, bundled so that any Node from 20 on runs it. */
export const { maskSecrets } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`
);
