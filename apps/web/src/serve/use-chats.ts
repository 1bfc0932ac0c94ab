import { newNoteId as newId } from '@attune/react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../shell/api.ts';
import { isSignedOut, saidError } from '../shell/said-error.ts';
import { meQuery } from '../shell/session.ts';
import { chosenLanguage } from '../text/chosen-language.ts';
import { type Chat, type ChatEvent, messagesFor, parentResponse } from './chat.ts';
import { createChatsStore } from './chats-store.ts';
import { readAnswer } from './read-answer.ts';
import { textBatches } from './text-batches.ts';
import { storedTurn } from './turn.ts';

/** Turns of a conversation that are read at once. */
const PAGE = 50;

/** A question and where in the conversation it stands. */
interface Question {
  readonly text: string;
  readonly parent: string | null;
  /** Key of a turn of which nothing came, and which this one takes the place of. */
  readonly instead?: string;
}

/** The conversations of this tab and what can be done in them. */
export function useChats() {
  const [store] = useState(createChatsStore);
  const [model, setModel] = useState('attune');
  const [sessionId, setSessionId] = useState(newId);
  const queries = useQueryClient();
  const writing = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const open = writing.current;
    return () => {
      for (const controller of open.values()) controller.abort();
    };
  }, []);

  const answer = async (chat: Chat, { text, parent, instead }: Question) => {
    const key = newId();
    const stop = new AbortController();
    writing.current.set(chat.sessionId, stop);
    const say = (event: ChatEvent) => store.tell(chat.sessionId, event);
    let responseId: string | null = null;
    const batches = textBatches(
      (piece) => say({ type: 'wrote', key, text: piece, responseId }),
      requestAnimationFrame,
    );
    const attune = { session_id: chat.sessionId, parent_response_id: parentResponse(chat, parent) };
    const body = { model, messages: messagesFor(chat, parent, text), attune };
    say({ type: 'asked', key, parent, question: text, ...(instead !== undefined && { instead }) });
    try {
      const account = await readAnswer(api.streamChat({ body }, { signal: stop.signal }), (piece, id) => {
        responseId = id;
        batches.add(piece);
      });
      batches.flush();
      say({ type: 'finished', key, attune: account });
    } catch (error) {
      batches.flush();
      if (stop.signal.aborted) return say({ type: 'stopped', key });
      say({ type: 'failed', key, error: saidError(error, chosenLanguage()) });
      if (isSignedOut(error)) queries.setQueryData(meQuery.queryKey, null);
    } finally {
      await queries.invalidateQueries({ queryKey: ['conversations'] });
    }
  };

  return {
    store,
    /** The conversation that was looked at last; a new one at first. */
    sessionId,
    setSessionId,
    /** What answers. */
    model,
    setModel,
    answer,
    turnTo: (chat: Chat, key: string) => store.tell(chat.sessionId, { type: 'turned_to', key }),
    stop: (chat: Chat) => writing.current.get(chat.sessionId)?.abort(),
    startOver: () => setSessionId(newId()),
    /** Reads a conversation's newest turns. @throws AttuneApiError `conversation_not_found` */
    open: useCallback(
      async (id: string) => {
        const page = await api.getConversation({ params: { session_id: id }, query: { limit: PAGE } });
        const turns = page.items.map(storedTurn);
        store.tell(id, { type: 'opened', turns, older: page.next_cursor });
        return turns.some(({ state }) => state === 'elsewhere');
      },
      [store],
    ),
    /** Reads the turns before those. */
    readOlder: async ({ sessionId: id, older: cursor }: Chat) => {
      if (cursor === null) return;
      const page = await api.getConversation({ params: { session_id: id }, query: { limit: PAGE, cursor } });
      const turns = page.items.map(storedTurn);
      store.tell(id, { type: 'older_came', turns, older: page.next_cursor });
    },
  };
}
