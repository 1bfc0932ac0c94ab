import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A request for an answer that the upstream got. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
  /** Whether the client closed the connection before the answer was complete. */
  aborted: boolean;
}

/** How the upstream answers one request. */
export type Script = (request: SeenRequest, response: ServerResponse) => Promise<void> | void;

/** An OpenAI-compatible upstream over real HTTP that does what a test tells it. */
export interface TestUpstream {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** What comes next: scripts are used up in order, the last one stays. */
  script(...scripts: Script[]): void;
  close(): Promise<void>;
}

export async function startUpstream(): Promise<TestUpstream> {
  const seen: SeenRequest[] = [];
  let scripts: Script[] = [says('An answer from the upstream.')];
  const server = createServer(async (incoming, response) => {
    const request = await read(incoming);
    if (request.path.endsWith('/models'))
      return json(response, 200, { object: 'list', data: [{ id: 'tiny' }] });
    seen.push(request);
    response.on('close', () => {
      request.aborted = !response.writableFinished;
    });
    const script = scripts.length > 1 ? scripts.shift() : scripts[0];
    await script?.(request, response);
  });
  const url = await listening(server);
  return {
    url: `${url}/v1`,
    seen,
    script(...given) {
      scripts = given;
      seen.length = 0;
    },
    close: () => closed(server),
  };
}

async function read(incoming: IncomingMessage): Promise<SeenRequest> {
  const text = (await Array.fromAsync(incoming)).join('');
  const body: Record<string, unknown> = text === '' ? {} : JSON.parse(text);
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body,
    aborted: false,
  };
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** A whole chat completion. */
export function completion(text: string | null, model: unknown, message = {}, finish = 'stop') {
  return {
    id: 'upstream-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model,
    system_fingerprint: 'fp_test',
    choices: [{ index: 0, message: { role: 'assistant', content: text, ...message }, finish_reason: finish }],
    usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
  };
}

/** A chunk of a streamed chat completion. */
export function chunk(delta: object, finish: string | null = null, more = {}): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ id: 'upstream-1', object: 'chat.completion.chunk', created: 1, model: 'tiny', choices, ...more })}\n\n`;
}

/** Says a text, streamed word by word where that is asked for. */
export function says(text: string): Script {
  return (request, response) => {
    if (request.body.stream !== true) return json(response, 200, completion(text, request.body.model));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(chunk({ role: 'assistant', content: '' }));
    for (const word of text.match(/\s*\S+/g) ?? []) response.write(chunk({ content: word }));
    response.write(chunk({}, 'stop'));
    if (JSON.stringify(request.body.stream_options ?? {}).includes('true')) {
      const usage = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 };
      response.write(chunk({}, null, { choices: [], usage }));
    }
    response.end('data: [DONE]\n\n');
  };
}

/** Says something else to each candidate. */
export function saysInTurn(texts: readonly string[]): Script {
  let next = 0;
  return (request, response) => says(texts[next++ % texts.length] ?? '')(request, response);
}

/** Fails with a status and words. */
export function fails(status: number, message = 'no', headers = {}, more = {}): Script {
  return (_, response) => json(response, status, { error: { message, type: 'test', ...more } }, headers);
}

/** Does something after a while. */
export function later(milliseconds: number, script: Script): Script {
  return async (request, response) => {
    await wait(milliseconds);
    await script(request, response);
  };
}
