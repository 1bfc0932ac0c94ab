import { createContext, type ReactNode, useContext } from 'react';
import { useChat } from './use-chat.ts';

type ChatDoings = ReturnType<typeof useChat>;

const Chatting = createContext<ChatDoings | null>(null);

/** Keeps the conversation while one looks at other pages, also while an answer is being written. */
export function ChatSource({ children }: { children: ReactNode }) {
  return <Chatting value={useChat()}>{children}</Chatting>;
}

/** The conversation of this tab. */
export function useConversation(): ChatDoings {
  const chat = useContext(Chatting);
  if (chat === null) throw new Error('There is no conversation outside ChatSource.');
  return chat;
}
