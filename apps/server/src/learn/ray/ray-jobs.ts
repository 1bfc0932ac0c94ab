import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** States of Ray's Jobs API. */
export const RayStatus = z.enum(['PENDING', 'RUNNING', 'STOPPED', 'SUCCEEDED', 'FAILED']);
export type RayStatus = z.infer<typeof RayStatus>;

const Details = z.object({ status: RayStatus, message: z.string().nullish() });
export type RayDetails = z.infer<typeof Details>;

/** What Ray is asked to run. */
export interface RaySubmission {
  readonly submission_id: string;
  readonly entrypoint: string;
  readonly entrypoint_num_cpus: number;
  readonly entrypoint_num_gpus: number;
  readonly runtime_env: { readonly env_vars: Record<string, string> };
  readonly metadata: Record<string, string>;
}

/** The cluster does not answer, or not as Ray does. */
export class RayUnavailable extends Error {}

const PATIENCE_MS = 20_000;
const MOST_LOG = 20_000;

/** Ray's Jobs REST API at the address of a cluster's dashboard. */
export class RayJobs {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  /** @param token of a cluster that asks for one */
  constructor(url: string, token: string | undefined) {
    this.#url = url.replace(/\/$/, '');
    this.#headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  /** @throws RayUnavailable */
  async submit(submission: RaySubmission): Promise<void> {
    const answer = await this.#ask('POST', '/api/jobs/', JSON.stringify(submission));
    if (!answer.ok) throw refusal('refused the job', answer);
  }

  /** State of a job; null where the cluster knows of none. @throws RayUnavailable */
  async find(submissionId: string): Promise<RayDetails | null> {
    const answer = await this.#ask('GET', `/api/jobs/${submissionId}`);
    if (answer.status === 404) return null;
    if (!answer.ok) throw refusal('did not tell the state of a job', answer);
    const details = Details.safeParse(jsonIn(answer.text));
    if (!details.success) throw new RayUnavailable('The answer is not one of Ray.');
    return details.data;
  }

  /** Asks a job to end; Ray kills it where it does not within seconds. @throws RayUnavailable */
  async stop(submissionId: string): Promise<void> {
    const answer = await this.#ask('POST', `/api/jobs/${submissionId}/stop`, '');
    if (!answer.ok && answer.status !== 404) throw refusal('did not stop a job', answer);
  }

  /** The end of what a job printed; empty where there is nothing. @throws RayUnavailable */
  async log(submissionId: string): Promise<string> {
    const answer = await this.#ask('GET', `/api/jobs/${submissionId}/logs`);
    if (!answer.ok) throw refusal('did not show the log of a job', answer);
    const printed = z.object({ logs: z.string().nullish() }).safeParse(jsonIn(answer.text));
    return (printed.data?.logs ?? '').slice(-MOST_LOG);
  }

  async #ask(method: 'GET' | 'POST', path: string, body?: string): Promise<Answer> {
    try {
      return await ask(new URL(`${this.#url}${path}`), method, this.#headers, body);
    } catch (error) {
      throw new RayUnavailable(`The Ray cluster at ${this.#url} does not answer.`, { cause: error });
    }
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

/** Not by `fetch`: its Sec-Fetch headers are a browser's, from which Ray takes no POST. */
function ask(url: URL, method: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? https.request : http.request;
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const options = { method, headers: { ...headers, ...type }, signal: AbortSignal.timeout(PATIENCE_MS) };
    const request = send(url, options, (response) => {
      const status = response.statusCode ?? 0;
      const isOk = status >= 200 && status < 300;
      text(response).then((words) => resolve({ ok: isOk, status, text: words }), reject);
    });
    request.once('error', reject);
    request.end(body);
  });
}

function jsonIn(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return null;
  }
}

function refusal(what: string, { status, text: words }: Answer): RayUnavailable {
  const last = words.trim().split('\n').at(-1) ?? '';
  return new RayUnavailable(`The Ray cluster ${what} (${status}): ${last.slice(0, 500)}`);
}
