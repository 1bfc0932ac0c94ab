/** How a pair came about: see the file of each method. */
export type PairingMethod = 'direct' | 'absolute' | 'multi_aspect' | 'correction' | 'comparison';

/** Of two answers to one query, the one that people prefer. */
export interface PreferencePair {
  query: string;
  /** The turns before the query; left out where it was the first. */
  context?: string;
  chosen: string;
  rejected: string;
  /** How clear the preference is, above 0 to 1. */
  strength: number;
  method: PairingMethod;
  /** The feedback it rests on. */
  feedback_ids: string[];
}

/** Feedback, or two answers, that gave no pair, and why. */
export interface LeftOut {
  reason:
    | 'unrated'
    | 'only_answer_to_query'
    | 'equal_ratings'
    | 'raters_disagree'
    | 'neither_good_nor_bad'
    | 'same_text'
    | 'empty_text'
    | 'already_paired'
    | 'contradicts_other_pair'
    | 'too_many_answers'
    | 'too_many_for_query';
  method: PairingMethod;
  query: string;
  feedback_ids: string[];
}

/** What a method made of the feedback. */
export interface PairingResult {
  pairs: PreferencePair[];
  left_out: LeftOut[];
}
