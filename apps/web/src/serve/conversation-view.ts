import { createContext, useContext } from 'react';
import { shownTurns } from './chat.ts';
import { useChat, useConversations, useIsWriting } from './chat-source.tsx';
import type { Turn } from './turn.ts';

/** Session of the conversation that the page shows. */
export const ShownSession = createContext<string | null>(null);

function useShownSession(): string {
  const sessionId = useContext(ShownSession);
  if (sessionId === null) throw new Error('No conversation is shown here.');
  return sessionId;
}

/** The shown conversation as it is now; drawn again with every piece of text. */
export function useShownChat() {
  const chat = useChat(useShownSession());
  return { chat, turns: shownTurns(chat) };
}

/** What can be done in the shown conversation. Draws nothing again while an answer grows. */
export function useConversation() {
  const sessionId = useShownSession();
  const { store, answer, stop, turnTo, sessionId: fresh } = useConversations();
  const writing = useIsWriting(sessionId);
  const chat = () => store.chatOf(sessionId);
  return {
    writing,
    /** Name of what is being written here; a conversation that has not begun has another session after a reload. */
    draft: `question:${sessionId === fresh && !store.isOpen(sessionId) ? 'new' : sessionId}`,
    ask: (text: string) => answer(chat(), { text, parent: shownTurns(chat()).at(-1)?.key ?? null }),
    /** Asks the question of a turn once more, beside the first time; in its place where nothing came of it. */
    again: (turn: Turn) => {
      const empty = turn.state === 'failed' && turn.answer === '';
      const question = { text: turn.question, parent: turn.parent };
      return answer(chat(), empty ? { ...question, instead: turn.key } : question);
    },
    /** Puts the question of a turn otherwise, beside the first way. */
    reword: ({ parent }: Turn, text: string) => answer(chat(), { text, parent }),
    turnTo: (key: string) => turnTo(chat(), key),
    stop: () => stop(chat()),
  };
}
