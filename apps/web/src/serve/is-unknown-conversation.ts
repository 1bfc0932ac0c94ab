import { AttuneApiError } from '@attune/sdk';

/** Whether a conversation could not be read because it is not there, or not the reader's. */
export function isUnknownConversation(thrown: unknown): boolean {
  return thrown instanceof AttuneApiError && thrown.code === 'conversation_not_found';
}
