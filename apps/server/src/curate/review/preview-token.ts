import { AttuneError, type ReviewFilter } from '@attune/contracts';
import { canonicalJson, murmur3 } from '@attune/core';
import { decodeCursor, encodeCursor } from '../../platform/http/page.ts';

/** What a curator saw before they decided about a whole filter. */
export interface Preview {
  readonly at: Date;
  readonly matched: number;
}

/** How far a set may drift between preview and decision: a twentieth, at least ten items. */
const DRIFT_SHARE = 0.05;
const DRIFT_ITEMS = 10;

export function previewToken(filter: ReviewFilter, { at, matched }: Preview): string {
  return encodeCursor([at.toISOString(), matched, fingerprint(filter)]);
}

/** @throws AttuneError `invalid_request` when it is none, or one of another filter */
export function readPreview(token: string, filter: ReviewFilter): Preview {
  const [at, matched, print] = partsOf(token);
  const preview = { at: new Date(at), matched: Number(matched) };
  if (Number.isNaN(preview.at.getTime()) || !Number.isSafeInteger(preview.matched)) throw notOurs();
  if (print !== fingerprint(filter)) throw notOurs();
  return preview;
}

/** Whether a set of items differs so much from what was previewed that somebody should look again. */
export function changedMuch(previewed: number, now: number): boolean {
  return Math.abs(now - previewed) > Math.max(DRIFT_ITEMS, previewed * DRIFT_SHARE);
}

function partsOf(token: string): [string, string, string] {
  try {
    const [at = '', matched = '', print = ''] = decodeCursor(token, 3);
    return [at, matched, print];
  } catch (cause) {
    throw notOurs(cause);
  }
}

function notOurs(cause?: unknown): AttuneError {
  const message = '`preview` is not what POST /api/review/preview gave for this filter.';
  return new AttuneError('invalid_request', { param: 'preview', message }, { cause });
}

function fingerprint(filter: ReviewFilter): string {
  return String(murmur3(canonicalJson({ ...filter })));
}
