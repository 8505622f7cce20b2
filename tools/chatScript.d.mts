import type { BuildOptions } from 'esbuild';

export const chatScript: BuildOptions;
