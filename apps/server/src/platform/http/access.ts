import { AttuneError, atLeast, type Endpoint } from '@attune/contracts';
import type { Caller } from './caller.ts';

/**
 * Lets a caller through to an endpoint or throws. Public endpoints let everybody through; feedback tokens
 * open only the endpoints that say so, and tokens of jobs theirs, which nobody else opens; keys with scopes only their rooms.
 * @throws AttuneError `unauthenticated` or `forbidden`
 */
export function checkAccess(endpoint: Endpoint, caller: Caller | null): void {
  if (endpoint.role === 'public') return;
  if (caller === null) throw new AttuneError('unauthenticated');
  if (caller.kind === 'feedback_token') {
    if (endpoint.feedbackToken === true) return;
    throw new AttuneError('forbidden', {
      message: 'A feedback token can only give feedback on the answer it came with.',
    });
  }
  if (caller.kind === 'job_token' || endpoint.jobToken === true) {
    if (caller.kind === 'job_token' && endpoint.jobToken === true) return;
    throw new AttuneError('forbidden', {
      message: 'The token of a job is for what its run says, and only it is.',
    });
  }
  if (!atLeast(caller.role, endpoint.role)) {
    throw new AttuneError('forbidden', {
      param: endpoint.role,
      message: `This needs the role ${endpoint.role}; yours is ${caller.role}.`,
    });
  }
  const allowed = caller.scopes.length === 0 || caller.scopes.includes(endpoint.room);
  // A key may always ask who it is.
  if (!allowed && endpoint.id !== 'whoAmI') {
    throw new AttuneError('forbidden', {
      param: endpoint.room,
      message: `This key is limited to other rooms than ${endpoint.room}.`,
    });
  }
}
