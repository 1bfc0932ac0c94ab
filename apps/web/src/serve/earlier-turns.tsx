import { useMutation } from '@tanstack/react-query';
import { ChevronUp } from 'lucide-react';
import { useSay } from '../shell/messages.tsx';
import { useText } from '../text/use-text.ts';
import { useConversations } from './chat-source.tsx';
import { useShownChat } from './conversation-view.ts';
import { text } from './text.ts';

/** Reads the turns before those that are here, while there are any. */
export function EarlierTurns() {
  const t = useText(text);
  const { chat } = useShownChat();
  const { readOlder } = useConversations();
  const { sayError } = useSay();
  const reading = useMutation({ mutationFn: () => readOlder(chat), onError: sayError });
  if (chat.older === null) return null;
  return (
    <div className="flex justify-center">
      <button
        type="button"
        className="quiet-button"
        disabled={reading.isPending}
        onClick={() => reading.mutate()}
      >
        <ChevronUp aria-hidden className="size-3.5" /> {t.earlier}
      </button>
    </div>
  );
}
