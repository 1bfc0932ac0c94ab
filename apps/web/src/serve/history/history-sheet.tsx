import { History } from 'lucide-react';
import { useState } from 'react';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { ConversationList } from './conversation-list.tsx';

/** Earlier conversations in a sheet over the chat, on narrow screens. */
export function HistorySheet({ current }: { current: string }) {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  return (
    <PopupDialog
      title={t.history}
      place="side"
      open={open}
      onOpen={setOpen}
      trigger={
        <button type="button" aria-label={t.history} className="quiet-button size-9 p-0">
          <History aria-hidden className="size-4" />
        </button>
      }
    >
      <div className="-mx-3 flex h-full flex-col">
        <ConversationList current={current} onOpened={() => setOpen(false)} />
      </div>
    </PopupDialog>
  );
}
