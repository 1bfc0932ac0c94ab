import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf, recordings } from '../testing/recordings.ts';
import { audioTypeOf } from './audio-type.ts';

for (const [type, bytes] of Object.entries(recordings)) {
  test(type, () => assert.equal(audioTypeOf(bytes), type));
}

test('an MP3 file with a tag', () => assert.equal(audioTypeOf(bytesOf('ID3\x04\0')), 'audio/mpeg'));

const others: [string, Uint8Array][] = [
  ['nothing', new Uint8Array()],
  ['one byte', Uint8Array.of(0xff)],
  ['a web page', bytesOf('<html><script>alert(1)</script>')],
  ['a picture in RIFF', bytesOf('RIFF\x24\0\0\0WEBPVP8 ')],
  ['Matroska that is no WebM', bytesOf('\x1a\x45\xdf\xa3\x42\x82\x88matroska')],
  ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
  ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x41, 0)],
  ['a PDF', bytesOf('%PDF-1.7')],
];
for (const [name, bytes] of others)
  test(`${name} is no recording`, () => assert.equal(audioTypeOf(bytes), null));
