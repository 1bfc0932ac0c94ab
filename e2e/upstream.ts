import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the upstream is asked, as far as it matters to what it answers. */
export interface UpstreamQuestion {
  readonly question: string;
  readonly temperature: number | null;
  readonly stream: boolean;
}

export interface Upstream {
  /** Base URL for ATTUNE_UPSTREAM_URL. */
  readonly url: string;
  close(): Promise<void>;
}

interface UpstreamOptions {
  reply(asked: UpstreamQuestion): string;
  /** What it thinks before it answers, as DeepSeek and vLLM send it. */
  reasoning?(asked: UpstreamQuestion): string;
  /** Whether the connection is lost in the middle of a streamed answer. */
  breaks?(asked: UpstreamQuestion): boolean;
  /** Milliseconds between two words of a streamed answer. */
  wordDelayMs?: number;
  /** Tokens that it says an answer cost that is not streamed. */
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

/** A small OpenAI-compatible model server over real HTTP. */
export async function startUpstream(options: UpstreamOptions): Promise<Upstream> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => response.destroy(asError(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  { reply, reasoning, breaks, wordDelayMs = 0, usage }: UpstreamOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url === '/v1/models') {
    return send(response, {
      object: 'list',
      data: [{ id: 'tiny', object: 'model', created: 0, owned_by: 'e2e' }],
    });
  }
  const asked = askedOf(await bodyOf(request));
  const text = reply(asked);
  const thought = reasoning?.(asked);
  if (!asked.stream) {
    const message = { role: 'assistant', content: text, reasoning_content: thought };
    return send(response, { ...completion({ message, finish_reason: 'stop' }), usage });
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (thought !== undefined)
    response.write(event(completion({ delta: { reasoning_content: thought }, finish_reason: null })));
  const words = text.match(/\s*\S+\s*/g) ?? [];
  for (const [number, content] of words.entries()) {
    if (response.destroyed) return;
    if (breaks?.(asked) && number > words.length / 2) return void response.destroy();
    response.write(event(completion({ delta: { content }, finish_reason: null })));
    await sleep(wordDelayMs);
  }
  response.end(`${event(completion({ delta: {}, finish_reason: 'stop' }))}data: [DONE]\n\n`);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}

function askedOf(body: unknown): UpstreamQuestion {
  const { messages, temperature, stream } = body as {
    messages: { content: string }[];
    temperature?: number;
    stream?: boolean;
  };
  return {
    question: messages.at(-1)?.content ?? '',
    temperature: temperature ?? null,
    stream: stream === true,
  };
}

function completion(choice: object): object {
  return {
    id: 'chatcmpl-tiny',
    object: 'chat.completion',
    created: 0,
    model: 'tiny',
    choices: [{ index: 0, ...choice }],
  };
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function send(response: ServerResponse, data: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(data));
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
