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
 * only; an API key for the user it names, else for the user who got the answer, else for itself. A user is one person
 * whichever key or token they speak through.
 * @throws AttuneError `forbidden` when a feedback token comes with another answer
 */
export function personOf(caller: Caller, answer: Answer, namedUser: string | undefined): Person {
  if (caller.kind === 'member') return { person: caller.principal, userId: caller.principal };
  if (caller.kind === 'feedback_token') {
    return { person: personOfToken(caller), userId: caller.feedbackFor?.userId ?? answer.userId };
  }
  const userId = namedUser || answer.userId;
  return { person: userId ? `user:${userId}` : caller.principal, userId };
}

/**
 * The person behind a feedback token. One that was made for a signed-in member speaks for that member, so that what they
 * say with it in a page and later without it is theirs alike.
 * @throws AttuneError `forbidden` without an answer
 */
export function personOfToken({ principal, feedbackFor }: Caller): string {
  if (feedbackFor === undefined) throw new AttuneError('forbidden', { param: 'response_id' });
  const { userId } = feedbackFor;
  if (userId === null) return principal;
  return userId.startsWith('member:') ? userId : `user:${userId}`;
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
