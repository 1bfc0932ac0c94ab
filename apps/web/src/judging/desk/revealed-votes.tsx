import type { JudgingQuestion } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { useText } from '../../text/use-text.ts';
import { AnswerLines } from './answer-lines.tsx';
import { text } from './text.ts';

interface RevealedVotesProps {
  vote: string;
  questions: readonly JudgingQuestion[];
}

/** How others judged an item and who wrote what, once it is asked for: one's own vote is final then. */
export function RevealedVotes({ vote, questions }: RevealedVotesProps) {
  const t = useText(text).recent;
  const [asked, setAsked] = useState(false);
  const judgement = useQuery({
    queryKey: ['judging', 'judgement', vote],
    queryFn: ({ signal }) => api.getJudgement({ params: { id: vote } }, { signal }),
    enabled: asked,
    gcTime: 0,
  });
  if (judgement.isError) return <ErrorNotice error={judgement.error} onRetry={() => judgement.refetch()} />;
  if (judgement.data === undefined) {
    return (
      <button
        type="button"
        className="quiet-button -ml-2.5 mt-1"
        disabled={asked}
        onClick={() => setAsked(true)}
      >
        <Eye aria-hidden className="size-4" /> {t.reveal}
      </button>
    );
  }
  const { revealed } = judgement.data;
  if (revealed === null) return <p className="mt-2 text-soft">{t.notRevealed}</p>;
  const models = Object.entries(revealed.models).flatMap(([key, model]) =>
    model === null ? [] : t.wrote(model, key),
  );
  return (
    <div role="status" className="mt-2 grid gap-1 border-line border-t pt-2">
      {models.length > 0 && <p className="text-soft">{models.join(' · ')}</p>}
      {revealed.votes.length === 0 && <p className="text-soft">{t.noOthers}</p>}
      <ul className="grid gap-1">
        {revealed.votes.map(({ answers, comment }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: others' votes have no names here, and their order stays.
          <li key={place}>
            <AnswerLines questions={questions} answers={answers} />
            {comment !== null && <p className="text-faint">“{comment}”</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}
