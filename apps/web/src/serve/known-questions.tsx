import { useQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { api } from '../shell/api.ts';
import { useText } from '../text/use-text.ts';
import { useConversation } from './conversation-view.ts';
import { text } from './text.ts';
import type { Turn } from './turn.ts';

const MOST = 5;

/** What can be asked instead of a question that nothing here knows the answer to. */
export function KnownQuestions({ turn }: { turn: Turn }) {
  const t = useText(text).known;
  const { reword, writing } = useConversation();
  const known = useQuery({
    queryKey: ['known-questions', turn.question],
    queryFn: ({ signal }) =>
      api.suggestQuestions({ query: { like: turn.question.slice(0, 2000), limit: MOST } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const questions = known.data?.questions ?? [];
  return (
    <div role="alert" className="flex gap-3 rounded-xl bg-warn-wash px-4 py-3 text-sm">
      <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{turn.error?.message}</p>
        {known.isSuccess && questions.length === 0 && <p className="text-soft">{t.none}</p>}
        {known.isError && <p className="text-soft">{turn.error?.hint}</p>}
        {questions.length > 0 && (
          <>
            <p className="text-soft">{t.other}</p>
            <p className="mt-3 mb-1.5 font-medium">{t.title}</p>
            <ul className="space-y-1.5">
              {questions.map((question) => (
                <li key={question}>
                  <button
                    type="button"
                    className="line-button h-auto rounded-xl py-1.5 text-left font-normal"
                    disabled={writing}
                    onClick={() => void reword(turn, question)}
                  >
                    {question}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
