import type { AudioType } from '@attune/contracts';

/** How a recording of each kind begins. */
export const recordings: Readonly<Record<AudioType, Uint8Array<ArrayBuffer>>> = {
  'audio/webm': Uint8Array.from([
    0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 0x01, 0x42, 0x82, 0x84, 0x77, 0x65, 0x62, 0x6d, 1, 2, 3,
  ]),
  'audio/ogg': bytesOf('OggS\0\x02 OpusHead'),
  'audio/mp4': bytesOf('\0\0\0\x1cftypM4A  isom'),
  'audio/wav': bytesOf('RIFF\x24\0\0\0WAVEfmt '),
  'audio/mpeg': Uint8Array.from([0xff, 0xfb, 0x90, 0x64, 0, 0, 0]),
};

/** A text's characters as bytes. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
