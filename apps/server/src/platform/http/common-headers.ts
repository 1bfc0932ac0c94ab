import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/**
 * Sets what every answer carries, where the answer's own headers do not say otherwise. It goes on Node's response:
 * a `Response` whose headers were touched is sent on a slower way.
 */
export function setCommonHeaders(
  context: Context<{ Bindings: Partial<HttpBindings> }>,
  requestId: string,
): void {
  const outgoing = context.env.outgoing;
  outgoing?.setHeader('x-request-id', requestId);
  outgoing?.setHeader('x-content-type-options', 'nosniff');
  outgoing?.setHeader('cache-control', 'no-store');
}
