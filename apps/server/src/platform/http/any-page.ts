/**
 * Cross-origin headers of the endpoints that take a feedback token: the token came with an answer into somebody
 * else's page, which sends it back from there. Cookies stay out, as no credentials are allowed.
 */
const anyPage: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-request-id, retry-after',
};

/** Lets the page that asked read the answer, whichever page that is. */
export function forAnyPage(response: Response): Response {
  for (const [name, value] of Object.entries(anyPage)) response.headers.set(name, value);
  return response;
}

/** Answers a browser that asks whether such a request is allowed. */
export function preflight(method: string): Response {
  const headers = {
    ...anyPage,
    'access-control-allow-methods': method.toUpperCase(),
    'access-control-allow-headers': 'authorization, content-type, idempotency-key, x-request-id',
    'access-control-max-age': '86400',
  };
  return new Response(null, { status: 204, headers });
}
