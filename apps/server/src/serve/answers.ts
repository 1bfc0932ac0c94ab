import type { AnswerStep, ChatMessage, ExperimentExposure, LoggedAnswer } from '@attune/contracts';
import type { Kysely } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { isId } from '../platform/ids.ts';
import { type CompetingAnswers, competingAnswers } from './competing-answers.ts';
import { deliveredCandidate } from './delivered-candidate.ts';
import { findAnswer, listAnswers, toLoggedAnswer } from './store.ts';

/** An answer as others need it. */
export interface Answer {
  readonly responseId: string;
  readonly query: string;
  /** Empty while it is being written, and where none was. */
  readonly response: string;
  readonly sessionId: string | null;
  readonly userId: string | null;
  readonly rewardModel: string | null;
  readonly policy: string;
  /** The experiment that it counts for. */
  readonly experiment: ExperimentExposure | null;
  /** The registered policy that its visitor was to get, '' for none; null where there was none to choose. */
  readonly assignedPolicy: string | null;
  readonly context: ChatMessage[];
  /** What was done on the way to it. */
  readonly steps: readonly AnswerStep[];
  /** The candidates that were written. */
  readonly candidates: readonly { readonly id: string; readonly text: string }[];
}

export interface Answers {
  /** An answer of an organisation, or null; also for what is no id at all. */
  find(organization: string, responseId: string): Promise<Answer | null>;
  /** An answer as it was logged, with everything that led to it, or null. */
  logged(organization: string, responseId: string): Promise<LoggedAnswer | null>;
  /** The id of a session's newest answer up to a time, or null. */
  newestOf(organization: string, sessionId: string, upTo: Date): Promise<string | null>;
  /** Delivered answers that had two or more different candidates, newest first. */
  competing(
    organization: string,
    filter: { readonly since: Date | null; readonly limit: number },
  ): Promise<CompetingAnswers[]>;
}

export function answersIn(db: Kysely<Tables>): Answers {
  return {
    competing: (organization, filter) => competingAnswers(db, organization, filter),
    async newestOf(organization, sessionId, upTo) {
      const [newest] = await listAnswers(db, { organization, sessionId, to: upTo, limit: 1 });
      return newest?.response_id ?? null;
    },
    async logged(organization, responseId) {
      const row = await findAnswer(db, organization, responseId);
      return row === undefined ? null : toLoggedAnswer(row);
    },
    async find(organization, responseId) {
      if (!isId(responseId)) return null;
      const row = await findAnswer(db, organization, responseId);
      if (row === undefined) return null;
      return {
        responseId: row.response_id,
        query: row.query,
        response: row.selected_response ?? '',
        sessionId: row.session_id,
        userId: row.user_id,
        rewardModel: row.reward_model,
        policy: row.policy,
        experiment: row.experiment,
        assignedPolicy: row.assigned_policy,
        context: row.context,
        steps: deliveredCandidate(row)?.steps ?? [],
        candidates: row.all_candidates.filter(({ error }) => error === undefined),
      };
    },
  };
}
