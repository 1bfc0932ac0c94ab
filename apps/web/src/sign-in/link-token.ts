/** The one-time token behind the `#` of a sign-in link; null when there is none. */
export function linkToken(hash: string): string | null {
  const token = hash.replace(/^#/, '').trim();
  return token === '' ? null : token;
}
