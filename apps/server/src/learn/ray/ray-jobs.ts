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
    const response = await this.#ask('/api/jobs/', { method: 'POST', body: JSON.stringify(submission) });
    if (!response.ok) throw await refusal('refused the job', response);
    await response.body?.cancel();
  }

  /** State of a job; null where the cluster knows of none. @throws RayUnavailable */
  async find(submissionId: string): Promise<RayDetails | null> {
    const response = await this.#ask(`/api/jobs/${submissionId}`);
    if (response.status === 404) {
      await response.body?.cancel();
      return null;
    }
    if (!response.ok) throw await refusal('did not tell the state of a job', response);
    const details = Details.safeParse(await response.json().catch(() => null));
    if (!details.success) throw new RayUnavailable('The answer is not one of Ray.');
    return details.data;
  }

  /** Asks a job to end; Ray kills it where it does not within seconds. @throws RayUnavailable */
  async stop(submissionId: string): Promise<void> {
    const response = await this.#ask(`/api/jobs/${submissionId}/stop`, { method: 'POST' });
    if (!response.ok && response.status !== 404) throw await refusal('did not stop a job', response);
    await response.body?.cancel();
  }

  /** The end of what a job printed; empty where there is nothing. @throws RayUnavailable */
  async log(submissionId: string): Promise<string> {
    const response = await this.#ask(`/api/jobs/${submissionId}/logs`);
    if (!response.ok) throw await refusal('did not show the log of a job', response);
    const answer = z
      .object({ logs: z.string().nullish() })
      .safeParse(await response.json().catch(() => null));
    return (answer.data?.logs ?? '').slice(-MOST_LOG);
  }

  async #ask(path: string, request: { method?: string; body?: string } = {}): Promise<Response> {
    const headers = { ...this.#headers, 'content-type': 'application/json' };
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      return await fetch(`${this.#url}${path}`, { ...request, headers, signal, redirect: 'error' });
    } catch (error) {
      throw new RayUnavailable(`The Ray cluster at ${this.#url} does not answer.`, { cause: error });
    }
  }
}

async function refusal(what: string, response: Response): Promise<RayUnavailable> {
  const lines = (await response.text().catch(() => '')).trim().split('\n');
  const words = (lines.at(-1) ?? '').slice(0, 500);
  return new RayUnavailable(`The Ray cluster ${what} (${response.status}): ${words}`);
}
