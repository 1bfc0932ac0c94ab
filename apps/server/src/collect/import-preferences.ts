import { createHash } from 'node:crypto';
import { cutContext, queryKey } from '@attune/core';
import type { Clock } from '../platform/clock.ts';
import { storable } from '../platform/db/storable.ts';
import { newId } from '../platform/ids.ts';
import type { FeedbackObserver } from './feedback-observer.ts';
import type { NewFeedbackRow, Sql } from './store/feedback-row.ts';
import { insertImported } from './store/import-feedback.ts';

/** Which of two answers a model prefers, by a written principle. */
export interface ModelPreference {
  readonly query: string;
  readonly context?: string | undefined;
  readonly chosen: string;
  readonly rejected: string;
  /** 0 to 1. */
  readonly strength: number;
  readonly model: string;
  readonly principle: string;
  /** What it said with the answers in one order and in the other. */
  readonly votes: Readonly<Record<'in_order' | 'swapped', string>>;
}

const AT_ONCE = 500;

/**
 * Stores a model's preferences of a training job as comparisons that wait for review, each once. No person's feedback:
 * no dashboard counts it.
 * @returns how many were new
 */
export async function importPreferences(
  { sql, observer, clock }: { sql: Sql; observer: FeedbackObserver; clock: Clock },
  organization: string,
  job: string,
  preferences: readonly ModelPreference[],
): Promise<number> {
  const rows = storable(preferences).map((preference) =>
    comparison(organization, job, preference, clock.now()),
  );
  let added = 0;
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    added += (await insertImported(sql, rows.slice(at, at + AT_ONCE))).length;
  }
  if (added > 0) observer.changed(organization, [null]);
  return added;
}

function comparison(
  organization: string,
  job: string,
  preference: ModelPreference,
  now: Date,
): NewFeedbackRow {
  const { query, chosen, rejected, strength, model, principle, votes, context } = preference;
  const sides = { left: 'chosen', right: 'rejected', chosen: 'chosen', rejected: 'rejected' };
  const texts = { left_text: chosen, right_text: rejected };
  return {
    id: newId(),
    organization,
    response_id: null,
    session_id: null,
    user_id: null,
    person: `model:${model}`,
    query,
    query_key: queryKey(query),
    query_context: cutContext(context ?? ''),
    response: chosen,
    feedback_type: 'comparison',
    feedback_value: JSON.stringify({ comparison: { ...sides, verdict: 'left', strength, ...texts } }),
    rating_overall: null,
    rating_dimensions: '{}',
    reaction_type: null,
    text_feedback: null,
    context: JSON.stringify({ job_id: job, model, principle, votes }),
    curator_email: null,
    tags: [],
    source: 'model',
    reward_model: null,
    policy: null,
    import_key: keyOf([job, query, context ?? '', chosen, rejected]),
    created_at: now,
    updated_at: now,
  };
}

function keyOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
