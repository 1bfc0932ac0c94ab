import { useEffect, useState, useSyncExternalStore } from 'react';
import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import { useLive } from '../../watch/live/live-source.tsx';
import { deskServer } from './desk-server.ts';
import type { DeskState } from './desk-state.ts';
import { holdWhileSeen } from './hold-while-seen.ts';
import { JudgingDesk } from './judging-desk.ts';
import { draftsOfTab } from './kept-drafts.ts';
import { text } from './text.ts';

/** The desk of a project for as long as its page is open. */
export function useJudgingDesk(project: string): { desk: JudgingDesk; state: DeskState } {
  const { say, sayError } = useSay();
  const { nothingToUndo } = useText(text);
  const [desk] = useState(
    () =>
      new JudgingDesk(
        deskServer(project, sayError),
        { onError: sayError, onNothingToUndo: () => say(nothingToUndo) },
        draftsOfTab,
      ),
  );
  const state = useSyncExternalStore(desk.watch, desk.state);
  useEffect(() => {
    void desk.comeBack();
    const stop = holdWhileSeen(desk);
    return () => {
      stop();
      desk.leave();
    };
  }, [desk]);
  useLookAgain(desk, state);
  return { desk, state };
}

/** What others give back or a curator adds appears on an empty desk by itself. */
function useLookAgain(desk: JudgingDesk, { tasks }: DeskState): void {
  const { counters } = useLive();
  const open = counters?.judging.open_items;
  const empty = tasks.length === 0;
  useEffect(() => {
    if (empty && open !== undefined) void desk.refill();
  }, [desk, empty, open]);
}
