import { AttuneError } from '@attune/contracts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 28;
const MOST_DAYS = 400;

/**
 * First and last moment of what is asked for: four weeks up to now unless said otherwise.
 * @throws AttuneError `invalid_request` where it ends before it begins or is too long
 */
export function requestedSpan(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
): [Date, Date] {
  const end = to === undefined ? now : new Date(to);
  const begin = from === undefined ? new Date(end.getTime() - USUAL_DAYS * DAY_MS) : new Date(from);
  const length = end.getTime() - begin.getTime();
  if (length <= 0) throw rangeError('must be before `to`');
  if (length > MOST_DAYS * DAY_MS) throw rangeError(`must be at most ${MOST_DAYS} days before \`to\``);
  return [begin, end];
}

function rangeError(message: string): AttuneError {
  return new AttuneError('invalid_request', { param: 'from', message });
}
