import type { ConversationSummary } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { useNewConversation } from '../use-new-conversation.ts';
import { removals } from './removals.ts';

/** Removal of conversations, with a while to think again. */
export function useRemovals(current: string) {
  const t = useText(text);
  const { say, sayError } = useSay();
  const queries = useQueryClient();
  const startNew = useNewConversation();
  const removed = useSyncExternalStore(removals.subscribe, removals.all);
  return {
    /** Sessions that are gone, or about to be. */
    removed,
    remove: ({ session_id, title }: ConversationSummary) => {
      removals.begin(session_id, {
        onDone: () => queries.invalidateQueries({ queryKey: ['conversations'] }),
        onError: sayError,
      });
      say(t.removed(title), { undo: () => removals.undo(session_id) });
      if (session_id === current) startNew();
    },
  };
}
