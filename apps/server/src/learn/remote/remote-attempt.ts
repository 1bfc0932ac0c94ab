import { AttuneError } from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import type { JobKey } from '../job-key.ts';

/** The one attempt of a job that a token speaks for. */
export interface RemoteAttempt extends JobKey {
  readonly run: string;
}

/** @throws AttuneError `forbidden` when the token is another job's */
export function attemptOf({ organization, jobFor }: Caller, jobId: string): RemoteAttempt {
  if (jobFor?.jobId !== jobId)
    throw new AttuneError('forbidden', { message: 'This token is for another job.' });
  return { organization, id: jobId, run: jobFor.run };
}
