import { wordsBefore } from './context.ts';
import type { Found } from './kind.ts';
import { matches } from './matches.ts';

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const version4 = new RegExp(
  `(?<![\\p{L}\\p{N}.-])(?:${octet}\\.){3}${octet}(?![\\p{L}\\p{N}-]|\\.\\d)`,
  'gu',
);
const version6 = /(?<![\p{L}\p{N}:.])[0-9A-Fa-f:]{3,45}(?![\p{L}\p{N}:])/gu;
const numbering = /\b(?:v|ver|versions?|release|build|section|chapter|phiên bản|bản|mục|điều)[\s.:#]*$/u;
/** Addresses that are everybody's. */
const nobodys = /^(?:127\.|0\.0\.0\.0$|255\.255\.255\.)/;

/** IPv4 and IPv6 addresses, without loopback and masks; numbers after "version" or "section" are none. */
export function findIpAddresses(text: string): Found[] {
  const isPlain = (address: string, at: number) =>
    !nobodys.test(address) && !numbering.test(wordsBefore(text, at, 16));
  return [...matches(text, version4, isPlain), ...matches(text, version6, isVersion6)];
}

/** Eight groups of up to four hexadecimal digits, or fewer around one `::` (RFC 4291, section 2.2). */
function isVersion6(address: string): boolean {
  const [head = '', tail, ...more] = address.split('::');
  if (more.length > 0) return false;
  const groups = [head, tail ?? ''].flatMap((side) => (side === '' ? [] : side.split(':')));
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  return tail === undefined ? groups.length === 8 : groups.length >= 2 && groups.length <= 7;
}
