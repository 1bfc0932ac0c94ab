import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** What the endpoint was asked. */
interface Asked {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly model: unknown;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/**
 * An OpenAI-compatible transcription endpoint over real HTTP.
 * @param answers in order, the last one again and again; a number is the status of a failure
 */
export async function startTranscriptionEndpoint(
  t: TestContext,
  answers: readonly (number | { text: string })[],
) {
  const asked: Asked[] = [];
  const server = createServer(async (incoming, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? 500;
    asked.push(await read(incoming));
    response.writeHead(typeof answer === 'number' ? answer : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(typeof answer === 'number' ? { error: { message: 'no' } } : answer));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1/`, asked };
}

async function read(incoming: IncomingMessage): Promise<Asked> {
  const body = Buffer.concat(await Array.fromAsync(incoming));
  const type = incoming.headers['content-type'] ?? '';
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const file = form.get('file');
  return {
    path: incoming.url,
    authorization: incoming.headers.authorization,
    model: form.get('model'),
    fileName: file instanceof File ? file.name : '',
    bytes: file instanceof File ? await file.bytes() : new Uint8Array(),
  };
}
