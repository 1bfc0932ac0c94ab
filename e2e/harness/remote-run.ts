import type { RunEvent } from '@attune/contracts';
import type { Submitted } from './fake-ray.ts';

/** The run of a job, speaking with the token that Ray was handed. */
export class RemoteRun {
  readonly submission: Submitted;
  readonly #url: string;

  constructor(server: { readonly url: string }, job: string, submission: Submitted) {
    this.submission = submission;
    this.#url = `${server.url}/api/fine-tuning/jobs/${job}`;
  }

  async ask(path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    const isBytes = body instanceof Uint8Array;
    const response = await fetch(this.#url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${this.submission.runtime_env.env_vars.ATTUNE_JOB_TOKEN}`,
        'content-type': isBytes ? 'application/octet-stream' : 'application/json',
      },
      ...(body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  }

  async bytes(path: string): Promise<Buffer> {
    const { ATTUNE_JOB_TOKEN: token } = this.submission.runtime_env.env_vars;
    const response = await fetch(this.#url + path, { headers: { authorization: `Bearer ${token}` } });
    return Buffer.from(await response.arrayBuffer());
  }

  report(...events: RunEvent[]) {
    return this.ask('/run-events', { events });
  }
}
