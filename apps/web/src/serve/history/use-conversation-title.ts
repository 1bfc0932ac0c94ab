import { useInfiniteQuery } from '@tanstack/react-query';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useConversations, useIsOpen } from '../chat-source.tsx';
import { conversationsQuery } from './conversations-query.ts';

/** What a conversation is called: its title, else its first question. */
export function useConversationTitle(sessionId: string): string {
  const { role } = useMe();
  const list = useInfiniteQuery({ ...conversationsQuery(''), enabled: mayAct(role, 'rater') });
  const { store } = useConversations();
  // A conversation that begins here has a first question from then on.
  useIsOpen(sessionId);
  const listed = list.data?.pages
    .flatMap((page) => page.items)
    .find(({ session_id }) => session_id === sessionId);
  return listed?.title ?? store.chatOf(sessionId).turns[0]?.question ?? '';
}
