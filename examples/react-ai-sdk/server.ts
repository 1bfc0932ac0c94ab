/**
 * React and the AI SDK with Attune as the model. The API key stays here.
 *
 *   ATTUNE_API_KEY=… npm start -w example-react-ai-sdk
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  convertToModelMessages,
  pipeUIMessageStreamToResponse,
  streamText,
  toUIMessageStream,
  validateUIMessages,
} from 'ai';
import { createServer as createVite } from 'vite';
import { attuneMetadata } from './attune-metadata.ts';

const url = process.env.ATTUNE_URL ?? 'http://127.0.0.1:7420';
const apiKey = process.env.ATTUNE_API_KEY;
if (apiKey === undefined) {
  console.error('Set ATTUNE_API_KEY: a key with the role rater, made on the page Settings › API keys.');
  process.exit(2);
}
const attune = createOpenAICompatible({
  name: 'attune',
  baseURL: `${url}/v1`,
  apiKey,
  metadataExtractor: attuneMetadata,
});
const model = attune(process.env.ATTUNE_MODEL ?? 'attune');

const vite = await createVite({
  root: import.meta.dirname,
  configFile: false,
  logLevel: 'warn',
  server: { middlewareMode: true, hmr: false },
  define: { ATTUNE_URL: JSON.stringify(url) },
});

const server = createServer((request, response) => {
  if (request.url !== '/chat') return vite.middlewares(request, response);
  chat(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(502).end();
  });
});
server.listen(Number(process.env.PORT ?? 7431), '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`Open http://127.0.0.1:${address?.port}`);
});

async function chat(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body: unknown = await json(request);
  const sent = typeof body === 'object' && body !== null && 'messages' in body ? body.messages : [];
  const messages = await validateUIMessages({ messages: sent });
  const result = streamText({ model, messages: await convertToModelMessages(messages) });
  const stream = toUIMessageStream({
    stream: result.stream,
    // The page gets the answer's id and its feedback token, never the key.
    messageMetadata: ({ part }) => (part.type === 'finish-step' ? part.providerMetadata?.attune : undefined),
  });
  await pipeUIMessageStreamToResponse({ response, stream });
}
