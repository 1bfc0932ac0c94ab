/** Codings that files are kept in beside the plain one, the smallest first, with the ending of their names. */
const kept = [
  { coding: 'br', ending: '.br' },
  { coding: 'gzip', ending: '.gz' },
] as const;

export type KeptCoding = (typeof kept)[number];

/** The kept codings that a client takes, by its Accept-Encoding (RFC 9110 section 12.5.3); `q=0` means not. */
export function codingsFor(acceptEncoding: string | null): KeptCoding[] {
  const refused = /;\s*q=0(\.0*)?$/;
  const given = (acceptEncoding ?? '').toLowerCase().split(',');
  const taken = given
    .map((part) => part.trim())
    .filter((part) => !refused.test(part))
    .map((part) => part.split(';')[0]?.trimEnd());
  return kept.filter(({ coding }) => taken.includes(coding));
}
