/** Writes safetensors files piece by piece, right or wrong, for tests. */
export interface Claim {
  readonly dtype: string;
  readonly shape: readonly unknown[];
  readonly data_offsets: readonly unknown[];
}

export function safetensorsFile(header: Readonly<Record<string, unknown>> | string, data: Uint8Array): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

/** What a file says of one tensor, one claim of it changed. */
export function claim(start: number, end: number, changed: Partial<Claim> = {}): Claim {
  return { dtype: 'F32', shape: [(end - start) / 4], data_offsets: [start, end], ...changed };
}
