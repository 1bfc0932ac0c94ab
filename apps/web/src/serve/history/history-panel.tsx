import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { ConversationList } from './conversation-list.tsx';

/** Earlier conversations beside the chat, where there is room. */
export function HistoryPanel({ current }: { current: string }) {
  const t = useText(text);
  return (
    <aside
      aria-label={t.history}
      className="hidden w-64 shrink-0 flex-col border-line border-r bg-sunken/40 lg:flex"
    >
      <ConversationList current={current} />
    </aside>
  );
}
