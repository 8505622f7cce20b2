import { unixLines } from '../../base/unixLines.ts';

/** Of what is no text, so much at the beginning is looked at. */
const sampledBytes = 8_192;
/** Text in another encoding than UTF-8 has some broken characters; what has more than this share is no text. */
const mostBroken = 0.3;

/**
 * A file's text with `\n` line ends and without a byte order mark; undefined for what is no text. UTF-16 is read where
 * it has its mark; everything else counts as UTF-8, with `\uFFFD` for what is not.
 */
export function decodeSource(bytes: Uint8Array): string | undefined {
  const utf16 = utf16Of(bytes);
  if (utf16 === undefined && (bytes.includes(0) || isBroken(bytes.subarray(0, sampledBytes)))) return undefined;
  const text = new TextDecoder(utf16 ?? 'utf-8').decode(bytes);
  return text.includes('\0') ? undefined : unixLines(text);
}

function utf16Of(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

function isBroken(sample: Uint8Array): boolean {
  // Streaming, so that a character that the sample cuts through is not counted.
  const text = new TextDecoder('utf-8').decode(sample, { stream: true });
  const broken = text.match(/\uFFFD|(?!\s)\p{Cc}/gu)?.length ?? 0;
  return broken > text.length * mostBroken;
}
