import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Address that the connection comes from: the client's own, or that of the proxy before this server. */
export function remoteAddressOf(context: Context<{ Bindings: Partial<HttpBindings> }>): string | undefined {
  return context.env?.incoming?.socket.remoteAddress;
}
