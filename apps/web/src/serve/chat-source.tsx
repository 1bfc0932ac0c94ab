import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { type Chat, isWriting } from './chat.ts';
import { useChats } from './use-chats.ts';

type ChatDoings = ReturnType<typeof useChats>;

const Chatting = createContext<ChatDoings | null>(null);

/** Keeps conversations while one looks at other pages, also while an answer is being written. */
export function ChatSource({ children }: { children: ReactNode }) {
  return <Chatting value={useChats()}>{children}</Chatting>;
}

/** What can be done in the conversations of this tab. Draws nothing again while answers grow. */
export function useConversations(): ChatDoings {
  const chats = useContext(Chatting);
  if (chats === null) throw new Error('There are no conversations outside ChatSource.');
  return chats;
}

/** A conversation as it is now; drawn again with every piece of text. */
export function useChat(sessionId: string): Chat {
  const { store } = useConversations();
  return useSyncExternalStore(store.subscribe, () => store.chatOf(sessionId));
}

/** Whether this tab has anything of a conversation. */
export function useIsOpen(sessionId: string): boolean {
  const { store } = useConversations();
  return useSyncExternalStore(store.subscribe, () => store.isOpen(sessionId));
}

/** Whether an answer of a conversation is being written in another window. */
export function useIsElsewhere(sessionId: string): boolean {
  const { store } = useConversations();
  return useSyncExternalStore(store.subscribe, () =>
    store.chatOf(sessionId).turns.some(({ state }) => state === 'elsewhere'),
  );
}

/** Whether an answer is being written here in a conversation. */
export function useIsWriting(sessionId: string): boolean {
  const { store } = useConversations();
  return useSyncExternalStore(store.subscribe, () => isWriting(store.chatOf(sessionId)));
}
