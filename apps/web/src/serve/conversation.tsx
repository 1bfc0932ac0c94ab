import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent } from '@tanstack/react-router';
import { ArrowDown, MessageCircleOff } from 'lucide-react';
import { type ReactNode, Suspense, useEffect } from 'react';
import { Empty } from '../shell/parts/empty.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { text as shellText } from '../shell/text.ts';
import { useText } from '../text/use-text.ts';
import { useConversations, useIsElsewhere, useIsOpen } from './chat-source.tsx';
import { Composer } from './composer.tsx';
import { ShownSession, useConversation } from './conversation-view.ts';
import { FirstQuestion } from './first-question.tsx';
import { isUnknownConversation } from './is-unknown-conversation.ts';
import { text } from './text.ts';
import { useFollowEnd } from './use-follow-end.ts';

/** Answers are drawn with Markdown, forms and popups: they come while somebody types their first question. */
const Turns = lazyRouteComponent(() => import('./turns.tsx'), 'Turns');

/** How soon one looks again at an answer that is being written elsewhere, in milliseconds. */
const LOOK_AGAIN_MS = 2000;

/** A conversation: read from the server where this tab does not have it yet. */
export function Conversation({ sessionId }: { sessionId: string }) {
  const { open, sessionId: fresh } = useConversations();
  const isOpen = useIsOpen(sessionId);
  const elsewhere = useIsElsewhere(sessionId);
  useEffect(() => void Turns.preload?.(), []);
  const reading = useQuery({
    queryKey: ['conversation-turns', sessionId],
    queryFn: () => open(sessionId),
    enabled: (sessionId !== fresh && !isOpen) || elsewhere,
    refetchInterval: ({ state }) => (state.data === true ? LOOK_AGAIN_MS : false),
    gcTime: 0,
  });
  return (
    <ShownSession value={sessionId}>
      <Reading>
        {!isOpen && reading.isError ? <NotRead error={reading.error} onRetry={reading.refetch} /> : null}
        {!isOpen && reading.isFetching ? <OnItsWay /> : null}
        {!isOpen && !reading.isFetching && !reading.isError ? <FirstQuestion /> : null}
        {isOpen && (
          <Suspense fallback={<OnItsWay />}>
            <Turns />
          </Suspense>
        )}
      </Reading>
    </ShownSession>
  );
}

function OnItsWay() {
  const t = useText(text);
  return (
    <div className="py-8">
      <Loading what={t.theConversation} lines={4} />
    </div>
  );
}

function NotRead({ error, onRetry }: { error: unknown; onRetry: () => unknown }) {
  const t = useText(text);
  return (
    <div className="py-8">
      {isUnknownConversation(error) ? (
        <Empty icon={MessageCircleOff} title={t.notFound.title}>
          {t.notFound.about}
        </Empty>
      ) : (
        <ErrorNotice error={error} onRetry={() => void onRetry()} />
      )}
    </div>
  );
}

/** The scrolling text with the question field beneath. New text keeps the end in view unless the reader scrolled up. */
function Reading({ children }: { children: ReactNode }) {
  const t = useText(text);
  const { ref, atEnd, toEnd } = useFollowEnd();
  const { writing } = useConversation();
  // A new question is looked at, wherever one was before.
  useEffect(() => {
    if (writing) toEnd();
  }, [writing, toEnd]);
  return (
    <>
      <section
        ref={ref}
        aria-label={t.conversation}
        className="relative flex min-h-0 flex-1 flex-col overflow-y-auto px-4 sm:px-8"
      >
        <div className="mx-auto flex w-full max-w-3xl grow flex-col">{children}</div>
      </section>
      <div className="px-4 pt-2 pb-4 sm:px-8 sm:pb-6">
        <div className="relative mx-auto max-w-3xl">
          {!atEnd && <ToEnd onClick={toEnd} />}
          <Asking />
        </div>
      </div>
    </>
  );
}

function Asking() {
  const t = useText(text);
  const shell = useText(shellText);
  const { role } = useMe();
  if (mayAct(role, 'rater')) return <Composer />;
  return <p className="card p-4 text-center text-soft text-sm">{t.mayNotAsk(shell.roles[role])}</p>;
}

function ToEnd({ onClick }: { onClick: () => void }) {
  const t = useText(text);
  return (
    <button
      type="button"
      aria-label={t.toEnd}
      title={t.toEnd}
      className="line-button -top-13 absolute right-3 size-9 rounded-full p-0 shadow-card"
      onClick={onClick}
    >
      <ArrowDown aria-hidden className="size-4" />
    </button>
  );
}
