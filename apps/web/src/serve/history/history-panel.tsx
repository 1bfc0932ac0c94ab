import { lazyRouteComponent } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

const ConversationList = lazyRouteComponent(() => import('./conversation-list.tsx'), 'ConversationList');

/** Earlier conversations beside the chat, where there is room. */
export function HistoryPanel({ current }: { current: string }) {
  const t = useText(text);
  return (
    <aside
      aria-label={t.history}
      className="hidden w-64 shrink-0 flex-col border-line border-r bg-sunken/40 lg:flex"
    >
      <Suspense fallback={null}>
        <ConversationList current={current} />
      </Suspense>
    </aside>
  );
}
