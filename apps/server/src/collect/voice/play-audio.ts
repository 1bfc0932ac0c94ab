import { AttuneError } from '@attune/contracts';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import type { Caller } from '../../platform/http/caller.ts';
import type { Sql } from '../store/feedback-row.ts';
import { audibleFeedback } from './audible-feedback.ts';
import { byteRange } from './byte-range.ts';

export interface PlayNeeds {
  readonly sql: Sql;
  readonly blobs: Blobs;
}

/**
 * The recording of a feedback, whole or the part that a Range header asks for: one's own, or anybody's for curators.
 * @throws AttuneError `feedback_not_found`, `artifact_not_found`
 */
export async function playAudio(
  { sql, blobs }: PlayNeeds,
  caller: Caller,
  id: string,
  range: string | null,
): Promise<Response> {
  const { voice } = await audibleFeedback(sql, caller, id);
  const bytes = await blobs.get(voice.audio.sha256);
  if (bytes === undefined) throw new AttuneError('artifact_not_found');
  return partOf(bytes, voice.audio.media_type, byteRange(range, bytes.byteLength));
}

/** Whoever opens the address itself gets a recording and nothing that could run. */
const safely = {
  'accept-ranges': 'bytes',
  'cache-control': 'private, no-cache',
  'content-disposition': 'inline; filename="note"',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

function partOf(bytes: Uint8Array, type: string, range: ReturnType<typeof byteRange>): Response {
  const length = bytes.byteLength;
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...safely, 'content-range': `bytes */${length}` } });
  }
  const { first, last } = range ?? { first: 0, last: length - 1 };
  const part = Buffer.from(bytes.subarray(first, last + 1));
  const headers = { ...safely, 'content-type': type, 'content-length': String(part.byteLength) };
  if (range === null) return new Response(part, { headers });
  return new Response(part, {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${first}-${last}/${length}` },
  });
}
