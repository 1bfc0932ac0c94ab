/** The least a gateway can do: Hono passing requests on to the upstream, with nothing else. Prints its port. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const upstream = process.argv[2] ?? '';
const app = new Hono();

app.post('/v1/chat/completions', async (context) => {
  const answer = await fetch(`${upstream}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: await context.req.text(),
  });
  const type = answer.headers.get('content-type') ?? 'application/json';
  return new Response(answer.body, { status: answer.status, headers: { 'content-type': type } });
});

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  process.stdout.write(`${port}\n`);
});
