import { findAddresses } from './address.ts';
import { findCreditCards } from './credit-card.ts';
import { findEmails } from './email.ts';
import { findIbans } from './iban.ts';
import { findIpAddresses } from './ip-address.ts';
import { type Detector, type PiiKind, type PiiSpan, piiKinds } from './kind.ts';
import { findNationalIds } from './national-id.ts';
import { findPassports } from './passport.ts';
import { findPersonNames } from './person-name.ts';
import { findPhones } from './phone.ts';
import { findSsns } from './ssn.ts';

const detectors: Readonly<Record<PiiKind, Detector>> = {
  email: findEmails,
  iban: findIbans,
  credit_card: findCreditCards,
  ssn: findSsns,
  national_id: findNationalIds,
  passport: findPassports,
  phone: findPhones,
  ip_address: findIpAddresses,
  address: findAddresses,
  person_name: findPersonNames,
};

/**
 * Personal data in a text, in the order of the text, without overlaps. Rules, not a model: what has a form or a cue is
 * found, a bare name in running text is not. Precision and recall are measured by `bench/pii.ts`. Time is linear.
 */
export function findPii(text: string): PiiSpan[] {
  const taken: PiiSpan[] = [];
  for (const kind of piiKinds) {
    const found = detectors[kind](text).map(({ start, end }) => ({ start, end, kind }));
    taken.push(...apart(found, taken));
  }
  return taken.sort(byStart);
}

function byStart(a: PiiSpan, b: PiiSpan): number {
  return a.start - b.start || b.end - a.end;
}

/** The spans that touch none of those taken, and of those that overlap each other the longer that starts first. */
function apart(found: PiiSpan[], taken: readonly PiiSpan[]): PiiSpan[] {
  const occupied = [...taken].sort(byStart);
  const free: PiiSpan[] = [];
  let next = 0;
  let last = 0;
  for (const span of found.sort(byStart)) {
    while (next < occupied.length && (occupied[next]?.end ?? 0) <= span.start) next++;
    const nearest = occupied[next];
    if (span.start < last || (nearest !== undefined && nearest.start < span.end)) continue;
    free.push(span);
    last = span.end;
  }
  return free;
}
