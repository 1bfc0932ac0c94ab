import type { ChatMessage } from '@attune/contracts';
import type { Kysely } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { isId } from '../platform/ids.ts';
import { findConversation } from './store.ts';

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
  readonly context: ChatMessage[];
}

export interface Answers {
  /** An answer of an organisation, or null; also for what is no id at all. */
  find(organization: string, responseId: string): Promise<Answer | null>;
}

export function answersIn(db: Kysely<Tables>): Answers {
  return {
    async find(organization, responseId) {
      if (!isId(responseId)) return null;
      const row = await findConversation(db, organization, responseId);
      if (row === undefined) return null;
      return {
        responseId: row.response_id,
        query: row.query,
        response: row.selected_response ?? '',
        sessionId: row.session_id,
        userId: row.user_id,
        rewardModel: row.reward_model,
        policy: row.policy,
        context: row.context,
      };
    },
  };
}
