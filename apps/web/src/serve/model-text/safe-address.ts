const ALLOWED = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address of a link that a model wrote, when it may be followed: absolute, and for the web or mail. Anything else
 * (`javascript:`, `data:`, addresses on this server) is null.
 */
export function safeAddress(address: string | undefined): string | null {
  if (address === undefined || !URL.canParse(address)) return null;
  const url = new URL(address);
  return ALLOWED.has(url.protocol) ? url.href : null;
}
