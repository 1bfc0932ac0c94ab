import { PanelLeftClose, PanelLeftOpen, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useKeys } from '../shell/keys/use-keys.ts';
import { useCommands } from '../shell/palette/use-commands.ts';
import { Tip } from '../shell/parts/tip.tsx';
import { useText } from '../text/use-text.ts';
import { useIsOpen } from './chat-source.tsx';
import { useConversationTitle } from './history/use-conversation-title.ts';
import { text } from './text.ts';
import { useNewConversation } from './use-new-conversation.ts';

interface ChatHeadProps {
  sessionId: string;
  /** Opens earlier conversations where there is no room for them beside this one. */
  history: ReactNode;
  /** Earlier conversations beside this one, where there is room; null for who has none. */
  panel: { open: boolean; toggle: () => void } | null;
}

/** What stands above a conversation: which one it is, the way to others and to a new one. */
export function ChatHead({ sessionId, history, panel }: ChatHeadProps) {
  const t = useText(text);
  const isOpen = useIsOpen(sessionId);
  const startNew = useNewConversation();
  const title = useConversationTitle(sessionId);
  useKeys({ n: { says: t.newConversation, does: startNew } }, { help: t.conversation });
  useCommands([{ id: 'new-conversation', label: t.newConversation, icon: SquarePen, run: startNew }]);
  return (
    <div className="flex min-h-12 shrink-0 items-center gap-1 border-line border-b px-2 sm:px-4">
      {panel && <PanelButton {...panel} />}
      <span className="lg:hidden">{history}</span>
      <p className="min-w-0 flex-1 truncate px-2 text-sm text-soft">{title}</p>
      {isOpen && (
        <Tip says={t.newConversation} keyName="n">
          <button type="button" className="quiet-button min-h-9" onClick={startNew}>
            <SquarePen aria-hidden className="size-4" />
            <span className="sr-only sm:not-sr-only">{t.newConversation}</span>
          </button>
        </Tip>
      )}
    </div>
  );
}

function PanelButton({ open, toggle }: { open: boolean; toggle: () => void }) {
  const t = useText(text);
  const says = open ? t.hideHistory : t.showHistory;
  const Icon = open ? PanelLeftClose : PanelLeftOpen;
  return (
    <Tip says={says}>
      <button
        type="button"
        aria-label={says}
        aria-expanded={open}
        className="quiet-button hidden size-9 p-0 lg:inline-flex"
        onClick={toggle}
      >
        <Icon aria-hidden className="size-4" />
      </button>
    </Tip>
  );
}
