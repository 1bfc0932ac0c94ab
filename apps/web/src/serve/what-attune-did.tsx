import { Collapsible } from '@base-ui/react/collapsible';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { api } from '../shell/api.ts';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { useText } from '../text/use-text.ts';
import { AnswerSources } from './answer-sources.tsx';
import { AnswerSteps } from './answer-steps.tsx';
import { CandidateCard } from './candidate-card.tsx';
import { HowChosen } from './how-chosen.tsx';
import { rankedCandidates } from './ranked-candidates.ts';
import { text } from './text.ts';
import type { Turn } from './turn.ts';

interface WhatAttuneDidProps {
  turn: Turn & { responseId: string };
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** How an answer came about: choice, steps, sources, candidates; folded away until somebody asks. */
export function WhatAttuneDid({ turn, open, onOpen }: WhatAttuneDidProps) {
  const t = useText(text).did;
  return (
    <Collapsible.Root open={open} onOpenChange={onOpen}>
      <Collapsible.Trigger className="group quiet-button -ml-2.5">
        <ChevronRight aria-hidden className="size-4 transition-transform group-data-panel-open:rotate-90" />
        {t.title}
        {turn.account !== null && (
          <span className="font-normal text-faint">{t.candidates(turn.account.candidates)}</span>
        )}
      </Collapsible.Trigger>
      <Collapsible.Panel className="space-y-6 pt-2">{open && <Account turn={turn} />}</Collapsible.Panel>
    </Collapsible.Root>
  );
}

function Account({ turn }: { turn: Turn & { responseId: string } }) {
  const t = useText(text).did;
  const { responseId } = turn;
  const logged = useQuery({
    queryKey: ['answer', responseId],
    queryFn: ({ signal }) => api.getAnswer({ params: { response_id: responseId } }, { signal }),
    // Candidates that come late are added to the record.
    staleTime: 0,
  });
  if (logged.isError) return <ErrorNotice error={logged.error} onRetry={() => void logged.refetch()} />;
  if (logged.isPending) return <Loading what={t.what} lines={2} />;
  const ranked = rankedCandidates(logged.data);
  const delivered = ranked.find((one) => one.delivered)?.candidate;
  return (
    <>
      <HowChosen answer={logged.data} />
      <AnswerSteps turn={turn} steps={delivered?.steps ?? []} />
      <AnswerSources sources={delivered?.sources ?? []} />
      <ol className="space-y-2.5">
        {ranked.map((one) => (
          <CandidateCard key={one.candidate.id} ranked={one} answer={logged.data.selected_response} />
        ))}
      </ol>
    </>
  );
}
