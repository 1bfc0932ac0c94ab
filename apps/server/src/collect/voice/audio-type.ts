import type { AudioType } from '@attune/contracts';

/**
 * What kind of recording bytes are, by how they begin; null when they are none of those that are taken. A header says
 * what a client likes; a browser that plays the file goes by the bytes.
 */
export function audioTypeOf(bytes: Uint8Array): AudioType | null {
  if (startsWith(bytes, 0x1a, 0x45, 0xdf, 0xa3) && holds(bytes.subarray(0, 4096), 'webm'))
    return 'audio/webm';
  if (holds(bytes.subarray(0, 4), 'OggS')) return 'audio/ogg';
  if (holds(bytes.subarray(4, 8), 'ftyp')) return 'audio/mp4';
  if (holds(bytes.subarray(0, 4), 'RIFF') && holds(bytes.subarray(8, 12), 'WAVE')) return 'audio/wav';
  if (holds(bytes.subarray(0, 3), 'ID3') || isMpegFrame(bytes)) return 'audio/mpeg';
  return null;
}

function startsWith(bytes: Uint8Array, ...wanted: number[]): boolean {
  return wanted.every((byte, at) => bytes[at] === byte);
}

function holds(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(text, 0, 'latin1');
}

/** Frame header of MPEG audio, layer III (ISO 11172-3, 2.4.1.3): eleven set bits, a version, a layer, a bit rate. */
function isMpegFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  const sync = first === 0xff && (second & 0xe0) === 0xe0;
  const reserved = (second & 0x18) === 0x08 || (third & 0xf0) === 0xf0 || (third & 0x0c) === 0x0c;
  return sync && (second & 0x06) === 0x02 && !reserved;
}
