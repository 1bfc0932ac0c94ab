import { hash } from 'node:crypto';

/** The strong entity tag of a content (RFC 9110 section 8.8.3). */
export function entityTag(content: Uint8Array): string {
  return `"${hash('sha256', content, 'base64url').slice(0, 27)}"`;
}

/** Whether a client that sent this If-None-Match has the content already (RFC 9110 section 13.1.2). */
export function isKnown(tag: string, ifNoneMatch: string | null): boolean {
  if (ifNoneMatch === null) return false;
  const tags = ifNoneMatch.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}
