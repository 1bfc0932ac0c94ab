import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What was handed in, as Ray takes it. */
export interface Submitted {
  submission_id: string;
  entrypoint: string;
  runtime_env: { env_vars: Record<string, string> };
}

/** A stand-in for the REST side of a Ray cluster: it runs nothing, and says of each job what a test wants. */
export interface FakeRay {
  readonly url: string;
  readonly submitted: Submitted[];
  readonly stopped: string[];
  /** State of jobs by submission id; those it has none of are unknown to it. */
  readonly states: Map<string, string>;
  /** What the next submission is refused with. */
  refuseNext(message: string): void;
  close(): Promise<void>;
}

export async function startFakeRay(): Promise<FakeRay> {
  const submitted: Submitted[] = [];
  const stopped: string[] = [];
  const states = new Map<string, string>();
  let refusal: string | undefined;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [, , , id = '', action] = request.url?.split('/') ?? [];
    // Ray takes no POST from browsers, and knows them by this.
    if (request.method === 'POST' && request.headers['sec-fetch-mode'] !== undefined) {
      response.writeHead(405).end();
      return;
    }
    const json = (body: unknown) => response.end(JSON.stringify(body));
    if (request.method === 'POST' && id === '') {
      if (refusal !== undefined) {
        response.writeHead(500).end(`Traceback\n${refusal}`);
        refusal = undefined;
        return;
      }
      const job: Submitted = JSON.parse(await text(request));
      submitted.push(job);
      states.set(job.submission_id, 'RUNNING');
      json({ job_id: job.submission_id, submission_id: job.submission_id });
    } else if (!states.has(id)) response.writeHead(404).end('unknown job');
    else if (action === 'stop') {
      stopped.push(id);
      states.set(id, 'STOPPED');
      json({ stopped: true });
    } else if (action === 'logs') json({ logs: 'Traceback\nKilled' });
    else json({ submission_id: id, status: states.get(id), message: null });
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    submitted,
    stopped,
    states,
    refuseNext: (message) => {
      refusal = message;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
