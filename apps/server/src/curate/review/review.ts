import type { Feedback, LoggedAnswer } from '@attune/contracts';
import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Tables } from '../../platform/db/tables.ts';
import type { Caller } from '../../platform/http/caller.ts';
import type { Audit } from '../../platform/identity/audit.ts';
import type { Log } from '../../platform/log.ts';

/** The database, or a transaction of it. */
export type Sql = Kysely<Tables>;

/** What people said; collecting keeps it. */
export interface ReviewedFeedback {
  /** By id, in no order; ids that do not exist are left out. */
  byIds(organization: string, ids: readonly string[]): Promise<Feedback[]>;
  /** What a person said before they changed their mind, newest first. */
  earlier(organization: string, id: string): Promise<{ replaced_at: string; was: Record<string, unknown> }[]>;
}

/** Embeds and scores texts away from the event loop. */
export interface Texts {
  /** One vector per text, in order. @throws AttuneError `scoring_unavailable`, `overloaded` */
  embed(
    texts: readonly string[],
    lane: 'interactive' | 'bulk',
  ): Promise<{ vectors: Float32Array[]; embedder: string }>;
  /** The reward model that an organisation's answers are ranked by, if any. */
  liveModel(organization: string): string | null;
  /** One score from 0 to 1 per answer, in order, by the live model; null when there is none. @throws as `embed` */
  score(
    organization: string,
    answers: readonly { query: string; context: string; response: string }[],
  ): Promise<{ model: string; scores: number[] } | null>;
}

/** What reviewing needs from other rooms. */
export interface ReviewNeeds {
  readonly feedback: ReviewedFeedback;
  /** A logged answer with everything that led to it. */
  answer(organization: string, responseId: string): Promise<LoggedAnswer | null>;
  readonly texts: Texts;
  /** The queue of an organisation has changed. Must neither throw nor block. */
  changed(organization: string): void;
}

/** What the parts of reviewing work with. */
export interface ReviewParts extends ReviewNeeds {
  readonly db: Sql;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  /** Goes on with a decision about many items in the background. */
  continueLater(decision: string): Promise<void>;
}

/** Who reviews. */
export interface Reviewer {
  readonly organization: string;
  readonly principal: string;
  readonly name: string;
  readonly email: string | null;
  /** Null for an API key: items are assigned to members only. */
  readonly memberId: string | null;
}

export function reviewerOf({ organization, principal, name, email, kind }: Caller): Reviewer {
  const memberId = kind === 'member' ? principal.replace('member:', '') : null;
  return { organization, principal, name: name || email || principal, email, memberId };
}
