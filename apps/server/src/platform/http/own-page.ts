import { AttuneError } from '@attune/contracts';

function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).host : null;
}

/**
 * Refuses a write that a browser sends from another page than Attune's own (defence in depth beside
 * SameSite=Strict). Programs send neither header and pass. `Sec-Fetch-Site` is asked first: no page can forge it
 * and no proxy changes it, while a proxy may rewrite `Host`.
 * @throws AttuneError `origin_not_allowed`
 */
export function requireOwnPage(request: Request, publicUrl: string | undefined): void {
  if (request.headers.get('sec-fetch-site') === 'same-origin') return;
  const origin = request.headers.get('origin');
  if (origin === null) return;
  const own = [request.headers.get('host'), publicUrl === undefined ? null : hostOf(publicUrl)];
  const host = hostOf(origin);
  if (host === null || !own.includes(host)) throw new AttuneError('origin_not_allowed', { param: 'origin' });
}
