import { ArrowDown, SquarePen } from 'lucide-react';
import { useEffect } from 'react';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { LivePanel } from '../watch/live-panel.tsx';
import { LiveStrip } from '../watch/live-strip.tsx';
import { useConversation } from './chat-source.tsx';
import { Composer } from './composer.tsx';
import { FirstQuestion } from './first-question.tsx';
import { TurnView } from './turn-view.tsx';
import { useFollowEnd } from './use-follow-end.ts';

/** Ask, read, rate: the conversation with the live counters beside it. */
export function AskPage() {
  const { ref, atEnd, toEnd } = useFollowEnd();
  const { chat, writing } = useConversation();
  // A new question is looked at, wherever one was before.
  useEffect(() => {
    if (writing) toEnd();
  }, [writing, toEnd]);
  return (
    <div className="flex h-full">
      <div className="flex min-w-0 flex-1 flex-col">
        <LiveStrip />
        <section
          ref={ref}
          aria-label="Conversation"
          className="flex min-h-0 flex-1 flex-col overflow-y-auto px-4 sm:px-8"
        >
          <div className="mx-auto flex w-full max-w-2xl grow flex-col">
            {chat.turns.length === 0 ? <FirstQuestion /> : <Turns />}
          </div>
        </section>
        <div className="px-4 pt-2 pb-4 sm:px-8 sm:pb-6">
          <div className="relative mx-auto max-w-2xl">
            {!atEnd && <ToEnd onClick={toEnd} />}
            <Asking />
          </div>
        </div>
      </div>
      <aside className="hidden w-80 shrink-0 overflow-y-auto border-line border-l p-5 xl:block">
        <LivePanel />
      </aside>
    </div>
  );
}

function Turns() {
  const { chat, startOver, writing } = useConversation();
  return (
    <div className="space-y-10 py-8">
      <h1 className="sr-only">Conversation</h1>
      {chat.turns.map((turn) => (
        <TurnView key={turn.key} turn={turn} />
      ))}
      <p className="sr-only" role="status">
        {chat.turns.at(-1)?.state === 'done' ? 'The answer is complete.' : ''}
      </p>
      {!writing && (
        <div className="flex justify-center">
          <button type="button" className="quiet-button" onClick={startOver}>
            <SquarePen aria-hidden className="size-3.5" /> New conversation
          </button>
        </div>
      )}
    </div>
  );
}

function Asking() {
  const { role } = useMe();
  if (mayAct(role, 'rater')) return <Composer />;
  return <p className="card p-4 text-center text-soft text-sm">Your role, {role}, can look but not ask.</p>;
}

function ToEnd({ onClick }: { onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label="To the newest text"
      className="line-button -top-13 absolute right-3 size-9 rounded-full p-0 shadow-card"
      onClick={onClick}
    >
      <ArrowDown aria-hidden className="size-4" />
    </button>
  );
}
