import { AttuneError, type Feedback, type FeedbackInput } from '@attune/contracts';
import type { RateLimiter } from '../platform/cache/rate-limiter.ts';
import { storable } from '../platform/db/storable.ts';
import type { Caller } from '../platform/http/caller.ts';
import type { Answer, Answers } from './answers.ts';
import { toFeedback } from './feedback-view.ts';
import { personOf, requireOwnAnswer } from './person.ts';
import { type RecordNeeds, recordFeedback, type Speaking } from './record-feedback.ts';
import { remarkIn } from './remark.ts';
import { aboutAnswer, aboutPart } from './said.ts';

export interface GiveFeedbackNeeds extends RecordNeeds {
  readonly answers: Answers;
  readonly limiter: RateLimiter;
  readonly feedbackPerMinute: number;
  readonly marksPerMinute: number;
}

/**
 * Takes in one person's reaction to one answer. When it returns, the feedback is durable and in the next list.
 * @throws AttuneError `response_not_found`, `forbidden`, `rate_limited`, and what `remarkIn` throws
 */
export async function giveFeedback(
  needs: GiveFeedbackNeeds,
  caller: Caller,
  input: FeedbackInput,
): Promise<Feedback> {
  const said = storable(input);
  const speaking = await speakingOf(needs, caller, said.response_id, said.user_id);
  const onPart = said.step !== undefined || said.note !== undefined;
  await requireRate(needs, speaking, onPart ? 'marks' : 'feedback');
  const remark = remarkIn(said, speaking.answer);
  return toFeedback(
    await recordFeedback(needs, speaking, remark === null ? aboutAnswer(said) : aboutPart(remark)),
  );
}

/**
 * Who speaks about which answer.
 * @throws AttuneError `response_not_found`, and `forbidden` for another answer than the token's
 */
export async function speakingOf(
  { answers }: Pick<GiveFeedbackNeeds, 'answers'>,
  caller: Caller,
  responseId: string,
  namedUser: string | undefined,
): Promise<Speaking> {
  requireOwnAnswer(caller, responseId);
  const answer: Answer | null = await answers.find(caller.organization, responseId);
  if (answer === null) throw new AttuneError('response_not_found', { param: 'response_id' });
  return { caller, answer, person: personOf(caller, answer, namedUser) };
}

/**
 * Reactions to whole answers are few; marks on steps and passages come in quick succession and have a limit of their
 * own.
 * @throws AttuneError `rate_limited`
 */
export async function requireRate(
  { limiter, feedbackPerMinute, marksPerMinute }: GiveFeedbackNeeds,
  { caller, person }: Pick<Speaking, 'caller' | 'person'>,
  kind: 'feedback' | 'marks',
): Promise<void> {
  const points = kind === 'marks' ? marksPerMinute : feedbackPerMinute;
  const { allowed, retryAfterSeconds } = await limiter.consume(
    `${kind}:${caller.organization}:${person.person}`,
    { points, seconds: 60 },
  );
  if (!allowed) throw new AttuneError('rate_limited', { retryAfterSeconds });
}
