import type { Feedback } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useRef, useState } from 'react';
import { api } from '../shell/api.ts';
import { isSignedOut, saidError } from '../shell/said-error.ts';
import { meQuery } from '../shell/session.ts';
import { afterEvent, isWriting, messagesFor, newChat, type Turn } from './chat.ts';
import { readAnswer } from './read-answer.ts';
import { loadChat, storeChat } from './stored-chat.ts';
import { textBatches } from './text-batches.ts';

const newId = () => crypto.randomUUID();

/** The conversation of this tab and what can be done in it. */
export function useChat() {
  const [chat, tell] = useReducer(afterEvent, null, () => loadChat(sessionStorage) ?? newChat(newId()));
  const [model, setModel] = useState('attune');
  const queries = useQueryClient();
  const current = useRef<AbortController | null>(null);
  const writing = isWriting(chat);

  useEffect(() => {
    const store = () => storeChat(sessionStorage, chat);
    if (!writing) return store();
    window.addEventListener('pagehide', store);
    return () => window.removeEventListener('pagehide', store);
  }, [chat, writing]);

  const answer = async (key: string, question: string, before: readonly Turn[]) => {
    const stop = new AbortController();
    current.current = stop;
    let responseId: string | null = null;
    const batches = textBatches(
      (text) => tell({ type: 'wrote', key, text, responseId }),
      requestAnimationFrame,
    );
    const body = { model, messages: messagesFor(before, question), attune: { session_id: chat.sessionId } };
    tell({ type: 'asked', key, question });
    try {
      const attune = await readAnswer(api.streamChat({ body }, { signal: stop.signal }), (text, id) => {
        responseId = id;
        batches.add(text);
      });
      batches.flush();
      tell({ type: 'finished', key, attune });
    } catch (error) {
      batches.flush();
      if (stop.signal.aborted) return tell({ type: 'stopped', key });
      tell({ type: 'failed', key, error: saidError(error) });
      if (isSignedOut(error)) queries.setQueryData(meQuery.queryKey, null);
    }
  };

  return {
    chat,
    writing,
    /** What answers. */
    model,
    setModel,
    ask: (question: string) => answer(newId(), question, chat.turns),
    /** Asks the question of a turn once more; the turn goes to the end. */
    again: (turn: Turn) =>
      answer(
        turn.key,
        turn.question,
        chat.turns.filter(({ key }) => key !== turn.key),
      ),
    /** Keeps what the person said about an answer. */
    said: (key: string, feedback: Feedback) => tell({ type: 'said', key, feedback }),
    stop: () => current.current?.abort(),
    startOver: () => {
      current.current?.abort();
      tell({ type: 'started_over', sessionId: newId() });
    },
  };
}
