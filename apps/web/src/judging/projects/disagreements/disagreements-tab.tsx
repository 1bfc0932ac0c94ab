import type { JudgingProject } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Handshake } from 'lucide-react';
import { api } from '../../../shell/api.ts';
import { Choice } from '../../../shell/parts/choice.tsx';
import { Empty } from '../../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Loading } from '../../../shell/parts/loading.tsx';
import { ShowMore } from '../../../shell/parts/show-more.tsx';
import { useText } from '../../../text/use-text.ts';
import { GuideSheet } from '../../desk/guide-sheet.tsx';
import { text } from '../text.ts';
import { useProjectSearch } from '../use-project-search.ts';
import { DisagreementCard } from './disagreement-card.tsx';

/** Items whose judges disagree, most first, with every vote; and the way to decide them. */
export function DisagreementsTab({ project }: { project: JudgingProject }) {
  const t = useText(text).disagreements;
  const [{ which = 'open' }, search] = useProjectSearch();
  const list = useInfiniteQuery({
    queryKey: ['judging', 'disagreements', project.id, which],
    queryFn: ({ pageParam, signal }) =>
      api.listDisagreements(
        {
          params: { id: project.id },
          query: {
            limit: 20,
            ...(which === 'decided' ? { adjudicated: 'true' } : { minimum: SMALLEST }),
            ...(pageParam !== null && { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Choice
          label={t.which}
          options={[
            { value: 'open', label: t.open },
            { value: 'decided', label: t.decided },
          ]}
          value={which}
          onValue={(chosen) => search({ which: chosen === 'open' ? undefined : chosen })}
        />
        <GuideSheet guide={project} />
      </div>
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.isPending && <Loading what={t.what} />}
      {list.isSuccess && items.length === 0 && (
        <Empty icon={Handshake} title={which === 'open' ? t.none : t.noneDecided}>
          {which === 'open' ? t.noneAbout : t.noneDecidedAbout}
        </Empty>
      )}
      <ul className="grid grid-cols-1 gap-4">
        {items.map((item) => (
          <DisagreementCard key={item.id} item={item} questions={project.questions} />
        ))}
      </ul>
      <ShowMore list={list} />
    </div>
  );
}

/** Items whose judges all said the same have none. */
const SMALLEST = 0.01;
