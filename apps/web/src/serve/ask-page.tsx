import { lazyRouteComponent, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { FeedbackSource } from '../collect/feedback-source.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { LivePanel } from '../watch/live-panel.tsx';
import { LiveStrip } from '../watch/live-strip.tsx';
import { ChatHead } from './chat-head.tsx';
import { useConversations, useIsOpen } from './chat-source.tsx';
import { Conversation } from './conversation.tsx';
import { HistoryPanel } from './history/history-panel.tsx';
import { panelIsOpen, rememberPanel } from './history/panel-choice.ts';
import { text } from './text.ts';

const HistorySheet = lazyRouteComponent(() => import('./history/history-sheet.tsx'), 'HistorySheet');

/** Ask, read, rate: the conversation, those before it at its side, and the live counters. */
export function AskPage() {
  const t = useText(text);
  const sessionId = useSessionInAddress();
  const { role } = useMe();
  const remembers = mayAct(role, 'rater');
  const [panel, setPanel] = useState(panelIsOpen);
  const togglePanel = () => {
    rememberPanel(!panel);
    setPanel(!panel);
  };
  return (
    <FeedbackSource>
      <div className="flex h-full">
        {remembers && panel && <HistoryPanel current={sessionId} />}
        <div className="flex min-w-0 flex-1 flex-col">
          <LiveStrip />
          <ChatHead
            sessionId={sessionId}
            history={
              remembers && (
                <Suspense fallback={<span className="block size-9" />}>
                  <HistorySheet current={sessionId} />
                </Suspense>
              )
            }
            panel={remembers ? { open: panel, toggle: togglePanel } : null}
          />
          <Conversation key={sessionId} sessionId={sessionId} />
        </div>
        <aside
          aria-label={t.liveSide}
          className="relative hidden w-80 shrink-0 overflow-y-auto border-line border-l p-5 min-[100rem]:block"
        >
          <LivePanel />
        </aside>
      </div>
    </FeedbackSource>
  );
}

/** The session that the address names; an address without one goes on with what was looked at last. */
function useSessionInAddress(): string {
  const { c } = useSearch({ from: '/frame/' });
  const { sessionId, setSessionId } = useConversations();
  const navigate = useNavigate();
  const shown = c ?? sessionId;
  const begun = useIsOpen(shown);
  useEffect(() => {
    if (c !== undefined) setSessionId(c);
  }, [c, setSessionId]);
  useEffect(() => {
    if (c === undefined && begun) void navigate({ to: '/', search: { c: shown }, replace: true });
  }, [c, begun, shown, navigate]);
  return shown;
}
