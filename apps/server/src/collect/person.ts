import { AttuneError } from '@attune/contracts';
import type { Caller } from '../platform/http/caller.ts';
import type { Answer } from './answers.ts';

/** Who gives feedback. */
export interface Person {
  /** Names them for "one feedback per person and answer" and for the rate limit. */
  readonly person: string;
  /** As the calling application knows them; null when it does not say. */
  readonly userId: string | null;
}

/**
 * Who speaks: a signed-in member for themselves; a feedback token for the user it was made for, about its own answer
 * only; an API key for the user it names, else for the user who got the answer, else for itself.
 * @throws AttuneError `forbidden` when a feedback token comes with another answer
 */
export function personOf(caller: Caller, answer: Answer, namedUser: string | undefined): Person {
  if (caller.kind === 'member') return { person: caller.principal, userId: caller.principal };
  if (caller.kind === 'feedback_token') return personOfToken(caller, answer);
  const userId = namedUser || answer.userId;
  return { person: userId ? `${caller.principal}/${userId}` : caller.principal, userId };
}

function personOfToken({ principal, feedbackFor }: Caller, answer: Answer): Person {
  if (feedbackFor === undefined) throw new AttuneError('forbidden', { param: 'response_id' });
  const { userId } = feedbackFor;
  return { person: userId === null ? principal : `user:${userId}`, userId: userId ?? answer.userId };
}

/**
 * Lets a feedback token speak about its own answer only.
 * @throws AttuneError `forbidden`
 */
export function requireOwnAnswer(caller: Caller, responseId: string): void {
  if (caller.kind !== 'feedback_token' || caller.feedbackFor?.responseId === responseId) return;
  throw new AttuneError('forbidden', {
    param: 'response_id',
    message: 'This feedback token belongs to another answer.',
  });
}
