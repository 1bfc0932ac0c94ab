import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

/** Whatever is posted to it, as it came. */
export interface PostReceiver {
  readonly url: string;
  readonly posts: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
  close(): void;
}

/** Starts a receiver on a free port. */
export async function openPostReceiver(): Promise<PostReceiver> {
  const posts: PostReceiver['posts'] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    posts.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/services/secret-path`,
    posts,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
