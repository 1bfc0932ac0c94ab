import { Collapsible } from '@base-ui/react/collapsible';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { api } from '../shell/api.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { Loading } from '../shell/loading.tsx';
import { CandidateCard } from './candidate-card.tsx';
import { rankedCandidates } from './ranked-candidates.ts';

/** Every candidate of an answer, folded away until somebody asks. */
export function Candidates({ responseId, count }: { responseId: string; count: number | null }) {
  const [open, setOpen] = useState(false);
  return (
    <Collapsible.Root open={open} onOpenChange={setOpen}>
      <Collapsible.Trigger className="group quiet-button -ml-2.5">
        <ChevronRight aria-hidden className="size-4 transition-transform group-data-panel-open:rotate-90" />
        {count === 1 ? '1 candidate' : `${count ?? 'All'} candidates`}
      </Collapsible.Trigger>
      <Collapsible.Panel className="pt-2">
        {open && <CandidateList responseId={responseId} />}
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

function CandidateList({ responseId }: { responseId: string }) {
  const conversation = useQuery({
    queryKey: ['conversation', responseId],
    queryFn: ({ signal }) => api.getConversation({ params: { response_id: responseId } }, { signal }),
    // Candidates that come late are added to the record.
    staleTime: 0,
  });
  if (conversation.isError) {
    return <ErrorNotice error={conversation.error} onRetry={() => conversation.refetch()} />;
  }
  if (conversation.isPending) return <Loading what="candidates" lines={2} />;
  const { reward_model, selection, selected_response } = conversation.data;
  return (
    <>
      <p className="mb-3 text-soft text-sm">
        {reward_model === null ? (
          'No reward model has traffic yet, so none of these is scored.'
        ) : (
          <>
            Scored by <span className="font-medium">{reward_model}</span>, chosen by “{selection}”.
          </>
        )}
      </p>
      <ol className="space-y-2.5">
        {rankedCandidates(conversation.data).map((ranked) => (
          <CandidateCard key={ranked.candidate.id} ranked={ranked} answer={selected_response} />
        ))}
      </ol>
    </>
  );
}
