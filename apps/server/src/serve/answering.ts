import type { CompareShare } from './compare-share.ts';
import type { Conclusions } from './conclude.ts';
import type { Generators } from './generators.ts';
import type { LiveModels } from './live-models.ts';
import type { Policies } from './policies.ts';
import type { Scorer } from './scorer.ts';

/** Mints the token with which a browser gives feedback on one answer without a key. */
export type MintFeedbackToken = (organization: string, responseId: string, userId: string | null) => string;

/** What answering needs. */
export interface Answering extends Conclusions {
  readonly generators: Generators;
  readonly policies: Policies;
  readonly liveModels: LiveModels;
  readonly scorer: Scorer;
  readonly mintFeedbackToken: MintFeedbackToken;
  readonly compareShare: CompareShare;
}

/** One request while it is answered. */
export interface Visit {
  readonly requestId: string;
  /** Aborted when the client goes away. */
  readonly client: AbortSignal;
  /** Called when the answer has left or will not. */
  readonly done: () => void;
}
