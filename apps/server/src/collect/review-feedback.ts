import { AttuneError, type Feedback, type FeedbackPatch } from '@attune/contracts';
import type { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import { storable } from '../platform/db/storable.ts';
import type { Caller } from '../platform/http/caller.ts';
import type { FeedbackObserver } from './feedback-observer.ts';
import { toFeedback } from './feedback-view.ts';
import type { FeedbackRow, Sql } from './store/feedback-row.ts';
import { keepHistory } from './store/history.ts';
import { lockByIds, updateFeedback } from './store/write-feedback.ts';

type Patch = z.output<typeof FeedbackPatch>;

export interface ReviewNeeds {
  readonly sql: Sql;
  readonly observer: FeedbackObserver;
  readonly clock: Clock;
}

/**
 * A curator's judgement on one feedback.
 * @throws AttuneError `feedback_not_found`
 */
export async function reviewOne(
  needs: ReviewNeeds,
  caller: Caller,
  id: string,
  patch: Patch,
): Promise<Feedback> {
  const [reviewed] = await review(needs, caller, [id], patch);
  if (reviewed === undefined) throw new AttuneError('feedback_not_found', { param: 'id' });
  return toFeedback(reviewed);
}

/** The same judgement on many feedbacks, all or none; ids that do not exist are reported. */
export async function reviewMany(
  needs: ReviewNeeds,
  caller: Caller,
  ids: readonly string[],
  patch: Patch,
): Promise<{ updated: number; unknown_ids: string[] }> {
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  const reviewed = new Set((await review(needs, caller, wanted, patch)).map((row) => row.id));
  return { updated: reviewed.size, unknown_ids: wanted.filter((id) => !reviewed.has(id)) };
}

async function review(
  { sql, observer, clock }: ReviewNeeds,
  caller: Caller,
  ids: readonly string[],
  patch: Patch,
): Promise<FeedbackRow[]> {
  const change = { ...storable(patch), ...reviewer(caller), updated_at: clock.now() };
  const rows = await sql.transaction().execute(async (transaction) => {
    const before = await lockByIds(transaction, caller.organization, ids);
    await keepHistory(transaction, before);
    const known = before.map((row) => row.id);
    return known.length === 0 ? [] : await updateFeedback(transaction, known, change);
  });
  if (rows.length > 0) observer.changed(caller.organization, versionsOf(rows));
  return rows;
}

function reviewer({ email }: Caller): { curator_email?: string } {
  return email === null ? {} : { curator_email: email };
}

function versionsOf(rows: readonly FeedbackRow[]): (string | null)[] {
  return [...new Set(rows.map((row) => row.reward_model))];
}
