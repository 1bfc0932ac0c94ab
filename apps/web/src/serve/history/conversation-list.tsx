import type { ConversationSummary } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { MessagesSquare, Search } from 'lucide-react';
import { useDeferredValue, useRef, useState } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { ConversationRow } from './conversation-row.tsx';
import { conversationsQuery } from './conversations-query.ts';
import { daysSince } from './days.ts';
import { useRemovals } from './use-removals.ts';

interface ConversationListProps {
  current: string;
  onOpened?: () => void;
}

/** A person's conversations by day, with a search over titles, questions and answers. */
export function ConversationList({ current, onOpened }: ConversationListProps) {
  const t = useText(text);
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useKeys(
    { s: { says: t.searchHistory, does: () => field.current?.focus() } },
    { help: t.conversation, when: onOpened === undefined },
  );
  return (
    <>
      <div className="relative p-3">
        <Search aria-hidden className="absolute top-6 left-6 size-4 text-faint" />
        <input
          ref={field}
          type="search"
          value={typed}
          aria-label={t.searchHistory}
          placeholder={t.searchHistory}
          maxLength={200}
          className="text-field min-h-9 py-1 pl-9 text-sm"
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <nav aria-label={t.history} className="relative min-h-0 flex-1 overflow-y-auto px-3 pb-4">
        <Found q={useDeferredValue(typed.trim())} current={current} onOpened={onOpened} />
      </nav>
    </>
  );
}

interface FoundProps {
  q: string;
  current: string;
  onOpened: (() => void) | undefined;
}

function Found({ q, current, onOpened }: FoundProps) {
  const t = useText(text);
  const list = useInfiniteQuery(conversationsQuery(q));
  const { removed, remove } = useRemovals(current);
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Loading what={t.conversations} lines={4} />;
  const items = list.data.pages
    .flatMap((page) => page.items)
    .filter(({ session_id }) => !removed.has(session_id));
  if (items.length === 0 && !list.hasNextPage) return <Nothing searched={q !== ''} />;
  return (
    <>
      {byDays(items).map(([days, held]) => (
        <section key={days} className="mb-4">
          <h2 className="eyebrow px-2.5 py-1">{t.days[days]}</h2>
          <ul>
            {held.map((conversation) => (
              <ConversationRow
                key={conversation.session_id}
                conversation={conversation}
                isCurrent={conversation.session_id === current}
                onOpened={onOpened}
                onRemove={() => remove(conversation)}
              />
            ))}
          </ul>
        </section>
      ))}
      <ShowMore list={list} />
    </>
  );
}

function Nothing({ searched }: { searched: boolean }) {
  const t = useText(text);
  if (searched) return <p className="px-2.5 py-2 text-soft text-sm">{t.nothingFound}</p>;
  return (
    <Empty icon={MessagesSquare} title={t.noHistory.title}>
      {t.noHistory.about}
    </Empty>
  );
}

function byDays(items: readonly ConversationSummary[]) {
  const now = new Date();
  return [...Map.groupBy(items, ({ updated_at }) => daysSince(updated_at, now))];
}
