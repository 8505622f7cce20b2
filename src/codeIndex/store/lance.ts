import { StoreUnsupported } from './storeFaults.ts';
import { errorText } from '../../base/logger.ts';

export type Lance = typeof import('@lancedb/lancedb');

/** Read by LanceDB when it first needs each; what the process was started with comes first. */
const settings = {
  // It reports every table that it looks for and does not find to the standard error.
  LANCEDB_LOG: 'error',
  // It would read ahead up to 2 GB, in batches of 8,192 rows from four files at a time.
  LANCE_DEFAULT_IO_BUFFER_SIZE: String(32 * 1024 * 1024),
  LANCE_DEFAULT_BATCH_SIZE: '1024',
  LANCE_DEFAULT_FRAGMENT_READAHEAD: '1',
};

/**
 * LanceDB, loaded when first asked for: it is native code of 190 MB that not every platform has. Throws
 * `StoreUnsupported`. On an x64 processor without AVX2 it ends the process (SIGILL) instead of throwing.
 */
export async function loadLance(): Promise<Lance> {
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
  try {
    return await import('@lancedb/lancedb');
  } catch (cause) {
    throw new StoreUnsupported(`LanceDB does not run on ${process.platform}-${process.arch}: ${errorText(cause)}`, {
      cause,
    });
  }
}
