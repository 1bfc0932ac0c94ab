import type { Role, Room } from '@attune/contracts';

/** Who makes a request, as established from an API key, a session or a feedback token. */
export interface Caller {
  readonly kind: 'member' | 'key' | 'feedback_token' | 'job_token';
  readonly organization: string;
  readonly role: Role;
  /** Rooms it is limited to; empty for all that its role allows. */
  readonly scopes: readonly Room[];
  /** Stable name of the principal: `member:<id>`, `key:<id>`, `token:<response_id>` or `job:<id>`. */
  readonly principal: string;
  readonly name: string;
  readonly email: string | null;
  /** For a member: what is stored of the session that this request came with. */
  readonly sessionHash?: string;
  /** For the token of a running job: that job, and the attempt that it was given to. */
  readonly jobFor?: { readonly jobId: string; readonly run: string };
  /** For a feedback token: the one answer it may speak about, and for whom. */
  readonly feedbackFor?: { readonly responseId: string; readonly userId: string | null };
}
