import type { Feedback } from '@attune/contracts';

/** Which answer is spoken of, and what the person had said about it when it was read. */
export interface About {
  readonly responseId: string;
  readonly known: readonly Feedback[];
}
