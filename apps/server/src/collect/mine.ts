import type { Caller } from '../platform/http/caller.ts';
import { personOfToken } from './person.ts';

/** Whose feedback counts as the caller's own. */
export interface Mine {
  /** Names under which it was given. */
  readonly persons: readonly string[];
  /** All that came with this API key, whoever it was for. */
  readonly key: string | null;
  /** What came with the feedback tokens of answers that name no user. */
  readonly namelessTokens: boolean;
  /** For a feedback token, its one answer. */
  readonly responseId: string | null;
}

/**
 * A member's own; with a feedback token its user's on its answer; with an API key that of the user it names, whatever
 * it came with, or without one all that came with the key.
 */
export function mine(caller: Caller, user: string | undefined): Mine {
  const nobody = { persons: [], key: null, namelessTokens: false, responseId: null };
  if (caller.kind === 'member') return { ...nobody, persons: [caller.principal] };
  if (caller.kind === 'feedback_token') {
    const responseId = caller.feedbackFor?.responseId ?? null;
    return { ...nobody, persons: [personOfToken(caller)], responseId };
  }
  if (user) return { ...nobody, persons: [`user:${user}`] };
  return { ...nobody, key: caller.principal, namelessTokens: true };
}
