/**
 * A page without a framework. The API key stays here; the browser gets the answer and its feedback token.
 *
 *   ATTUNE_API_KEY=… node examples/html/server.ts
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

const attune = process.env.ATTUNE_URL ?? 'http://127.0.0.1:7420';
const model = process.env.ATTUNE_MODEL ?? 'attune';
const key = process.env.ATTUNE_API_KEY;
if (key === undefined) {
  console.error('Set ATTUNE_API_KEY: a key with the role rater, made on the page Settings › API keys.');
  process.exit(2);
}

const element = new URL('../../packages/react/dist/attune-feedback.js', import.meta.url);
const page = new URL('index.html', import.meta.url);

const server = createServer((request, response) => {
  respond(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(502, { 'content-type': 'text/plain' }).end('Attune does not answer; see the log.');
  });
});
server.listen(Number(process.env.PORT ?? 7430), '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`Open http://127.0.0.1:${address?.port}`);
});

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'POST' && request.url === '/ask') return ask(request, response);
  if (request.url === '/attune-feedback.js')
    return send(response, 'text/javascript', await readFile(element));
  if (request.url === '/') return send(response, 'text/html; charset=utf-8', await readFile(page));
  response.writeHead(404).end();
}

async function ask(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await fetch(`${attune}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: await questionOf(request) }] }),
  });
  const body = await answer.text();
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(answer.ok ? JSON.stringify({ base_url: attune, ...JSON.parse(body).attune }) : body);
}

async function questionOf(request: IncomingMessage): Promise<string> {
  const body: unknown = await json(request);
  const question = typeof body === 'object' && body !== null && 'question' in body ? body.question : '';
  return String(question);
}

function send(response: ServerResponse, type: string, body: Uint8Array): void {
  response.writeHead(200, { 'content-type': type }).end(body);
}
