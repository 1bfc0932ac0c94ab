import { RotateCw } from 'lucide-react';
import { Notice } from '../shell/parts/error-notice.tsx';
import { useText } from '../text/use-text.ts';
import { useConversation } from './conversation-view.ts';
import { KnownQuestions } from './known-questions.tsx';
import { text } from './text.ts';
import type { Turn } from './turn.ts';

/** How an answer ended where it did not end well, with a way on. */
export function TurnEnding({ turn }: { turn: Turn }) {
  const t = useText(text).turn;
  if (turn.state === 'elsewhere') {
    return (
      <p role="status" className="text-faint text-sm">
        {t.elsewhere}
      </p>
    );
  }
  if (turn.state === 'stopped') return <Stopped turn={turn} />;
  return turn.state === 'failed' ? <Failed turn={turn} /> : null;
}

function Stopped({ turn }: { turn: Turn }) {
  const t = useText(text).turn;
  const { again, writing } = useConversation();
  return (
    <p className="flex items-center gap-2 text-faint text-sm">
      {t.stopped}
      <button type="button" className="quiet-button" disabled={writing} onClick={() => void again(turn)}>
        <RotateCw aria-hidden className="size-3.5" /> {t.again}
      </button>
    </p>
  );
}

function Failed({ turn }: { turn: Turn }) {
  const t = useText(text).turn;
  const { again, writing } = useConversation();
  const retry = { ...(!writing && { onRetry: () => void again(turn) }) };
  if (turn.error?.code === 'no_answer_available') return <KnownQuestions turn={turn} />;
  const error = turn.error ?? { message: t.failed, hint: t.failedHint, requestId: null };
  return (
    <>
      {turn.answer !== '' && <p className="text-faint text-sm">{t.broken}</p>}
      <Notice {...error} {...retry} />
    </>
  );
}
