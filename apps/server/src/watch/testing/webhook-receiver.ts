import { once } from 'node:events';
import { createServer } from 'node:http';
import { Alert } from '@attune/contracts';
import { z } from 'zod';

const Message = z.object({ type: z.literal('alert'), organization: z.string(), alert: Alert });
export type Message = z.infer<typeof Message>;

/** A webhook on this machine that remembers what it was told. */
export interface WebhookReceiver {
  readonly url: string;
  readonly messages: Message[];
  /** Answers 503 to so many of the next posts. */
  failing: number;
  /** Resolves once so many messages were taken. */
  received(count: number): Promise<Message[]>;
  close(): void;
}

/** Starts a receiver on a free port. */
export async function openReceiver(): Promise<WebhookReceiver> {
  const messages: Message[] = [];
  const waiting: { count: number; tell: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (receiver.failing > 0) {
      receiver.failing--;
      response.writeHead(503).end();
      return;
    }
    messages.push(Message.parse(JSON.parse(Buffer.concat(chunks).toString())));
    response.writeHead(200).end();
    for (const { count, tell } of waiting) if (messages.length >= count) tell();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = z.object({ port: z.number() }).parse(server.address());
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${address.port}/hook`,
    messages,
    failing: 0,
    received: async (count) => {
      const enough = Promise.withResolvers<void>();
      waiting.push({ count, tell: enough.resolve });
      if (messages.length >= count) enough.resolve();
      await enough.promise;
      return messages;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
