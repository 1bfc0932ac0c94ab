import { afterEvent, type Chat, type ChatEvent, newChat } from './chat.ts';

/** The conversations that this tab has open, by session: an answer goes on being written while one reads another. */
export interface ChatsStore {
  /** The conversation of a session, as far as this tab knows it; the same object until something happens in it. */
  chatOf(sessionId: string): Chat;
  /** Whether anything was asked or read in it. */
  isOpen(sessionId: string): boolean;
  tell(sessionId: string, event: ChatEvent): void;
  /** Calls back after everything that happens; returns what stops it. */
  subscribe(changed: () => void): () => void;
}

export function createChatsStore(): ChatsStore {
  const open = new Map<string, Chat>();
  const empty = new Map<string, Chat>();
  const watchers = new Set<() => void>();

  function chatOf(sessionId: string): Chat {
    const known = open.get(sessionId) ?? empty.get(sessionId);
    if (known !== undefined) return known;
    const chat = newChat(sessionId);
    empty.set(sessionId, chat);
    return chat;
  }

  return {
    chatOf,
    isOpen: (sessionId) => open.has(sessionId),
    tell(sessionId, event) {
      open.set(sessionId, afterEvent(chatOf(sessionId), event));
      for (const changed of watchers) changed();
    },
    subscribe(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}
