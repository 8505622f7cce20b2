import { StoreUnsupported } from './storeFaults.ts';
import { errorText } from '../../base/logger.ts';

export type Lance = typeof import('@lancedb/lancedb');

/**
 * LanceDB, loaded when first asked for: it is native code of 190 MB that not every platform has. Throws
 * `StoreUnsupported`. On an x64 processor without AVX2 it ends the process (SIGILL) instead of throwing.
 */
export async function loadLance(): Promise<Lance> {
  // It reports every table that it looks for and does not find to the standard error.
  process.env['LANCEDB_LOG'] ??= 'error';
  try {
    return await import('@lancedb/lancedb');
  } catch (cause) {
    throw new StoreUnsupported(`LanceDB does not run on ${process.platform}-${process.arch}: ${errorText(cause)}`, {
      cause,
    });
  }
}
