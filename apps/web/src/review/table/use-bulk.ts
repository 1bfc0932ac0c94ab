import type { ReviewAction, ReviewDecision } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import { decideItems, decideMatching, undoLast } from '../decide/ask-server.ts';
import { leavesQueue } from '../decide/leaves-queue.ts';
import { useSayUndone } from '../decide/say-undone.ts';
import { writes } from '../decide/writes.ts';
import type { QueueFilter } from '../filter/review-search.ts';
import { text } from '../text.ts';
import { untilOver } from './until-over.ts';

/** Decisions about many items: rows leave at once and come back when the server refuses; big ones say how far they are. */
export function useBulk(filter: QueueFilter) {
  const t = useText(text);
  const { say, sayError } = useSay();
  const sayUndone = useSayUndone();
  const queries = useQueryClient();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [running, setRunning] = useState<ReviewDecision | null>(null);

  const readAgain = async () => {
    await queries.invalidateQueries({ queryKey: ['review'] });
    setGone(new Set());
  };
  const undo = async () => {
    try {
      const undone = await writes.run(undoLast);
      const over = await untilOver(undone.decision, setRunning);
      sayUndone(over === undone.decision ? undone : { ...undone, restored: over.done });
    } catch (error) {
      sayError(error);
    }
    await readAgain();
  };
  const sayDone = ({ decision, done, items, left_alone, state }: ReviewDecision) => {
    const words = t.done[decision.action];
    const sentence = state === 'failed' ? t.bulk.failed(words, done, items) : t.bulk.done(words, done);
    say(sentence, { undo: () => void undo() });
    if (left_alone > 0) say(t.bulk.leftAlone(left_alone));
  };
  const carryOut = async (decide: () => Promise<{ decision: ReviewDecision }>) => {
    try {
      const { decision } = await writes.run(decide);
      sayDone(await untilOver(decision, setRunning));
    } catch (error) {
      sayError(error);
    }
    await readAgain();
  };
  return {
    /** Rows that were decided and are not shown while the server is told. */
    gone,
    /** A decision or its undoing that is carried out in the background. */
    running,
    undo: () => void undo(),
    decide: (ids: string[], decision: ReviewAction) => {
      if (leavesQueue(decision.action, filter)) setGone((before) => new Set([...before, ...ids]));
      void carryOut(() => decideItems(ids, decision));
    },
    decideMatching: (preview: string, decision: ReviewAction) =>
      void carryOut(() => decideMatching(filter, preview, decision)),
  };
}
