import type { AttuneAnswer, CompareOffer, ConversationTurn, Feedback } from '@attune/contracts';
import type { SaidError } from '../shell/said-error.ts';

/** What Attune says about an answer, whether it has just come or is read again. */
export interface AnswerAccount {
  /** 0 to 1; null when nothing scored it. */
  readonly rewardScore: number | null;
  readonly rewardModel: string | null;
  readonly method: string | null;
  readonly candidates: number;
  /** Why it is less than it could be, codes joined by commas; null when all went well. */
  readonly degraded: string | null;
  /** No candidate passed the checks. Known only while the answer is new. */
  readonly warned: boolean;
  readonly compare: CompareOffer | null;
}

/** A question and its answer. */
export interface Turn {
  readonly key: string;
  /** Key of the turn that it goes on from; null for a first question. */
  readonly parent: string | null;
  readonly question: string;
  readonly answer: string;
  /** `elsewhere`: another window or server is writing it. */
  readonly state: 'writing' | 'elsewhere' | 'done' | 'stopped' | 'failed';
  /** Known from the first piece of text on. */
  readonly responseId: string | null;
  readonly account: AnswerAccount | null;
  /** What went wrong, where this page saw it. */
  readonly error: SaidError | null;
  /** What the person had said about the answer when it was read from the server. */
  readonly known: readonly Feedback[];
}

/** A turn whose answer is about to come. */
export function newTurn(key: string, parent: string | null, question: string): Turn {
  return {
    key,
    parent,
    question,
    answer: '',
    state: 'writing',
    responseId: null,
    account: null,
    error: null,
    known: [],
  };
}

/** An answer's account as it comes with the answer. */
export function accountOfAnswer(attune: AttuneAnswer): AnswerAccount {
  return {
    rewardScore: attune.reward_score,
    rewardModel: attune.reward_model,
    method: attune.generation_method,
    candidates: attune.candidates_count,
    degraded: attune.degraded,
    warned: attune.warning !== null,
    compare: attune.compare,
  };
}

const states = { open: 'elsewhere', delivered: 'done', aborted: 'stopped', failed: 'failed' } as const;

/** A turn as the server keeps it. */
export function storedTurn(stored: ConversationTurn): Turn {
  return {
    key: stored.response_id,
    parent: stored.parent_response_id,
    question: stored.query,
    answer: stored.response ?? '',
    state: states[stored.status],
    responseId: stored.response_id,
    account: {
      rewardScore: stored.reward_score,
      rewardModel: stored.reward_model,
      method: stored.generation_method,
      candidates: stored.candidates_count,
      degraded: stored.degraded,
      warned: false,
      compare: stored.compare,
    },
    error: null,
    known: stored.feedback,
  };
}
