import { useQuery } from '@tanstack/react-query';
import { api } from '../shell/api.ts';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { useConversation } from './conversation-view.ts';
import { text } from './text.ts';

const MOST = 3;

/** What an empty conversation shows: what happens here, and questions that are sure to have answers. */
export function FirstQuestion() {
  const t = useText(text).first;
  return (
    <div className="m-auto max-w-xl py-10 text-center">
      <h1 className="text-balance font-medium font-serif text-4xl tracking-tight">{t.title}</h1>
      <p className="mx-auto mt-3 max-w-md text-balance text-soft">{t.about}</p>
      <Examples />
    </div>
  );
}

function Examples() {
  const t = useText(text).first;
  const { role } = useMe();
  const { ask } = useConversation();
  const known = useQuery({
    queryKey: ['known-questions'],
    queryFn: ({ signal }) => api.suggestQuestions({ query: { limit: MOST } }, { signal }),
    staleTime: 60_000,
  });
  const questions = known.data?.questions ?? [];
  if (questions.length === 0 || !mayAct(role, 'rater')) return null;
  return (
    <div className="mt-8">
      <p className="eyebrow mb-2.5">{t.examples}</p>
      <ul className="flex flex-col items-center gap-2">
        {questions.map((question) => (
          <li key={question}>
            <button
              type="button"
              className="line-button h-auto rounded-2xl py-1.5 font-normal text-soft hover:text-ink"
              onClick={() => void ask(question)}
            >
              {question}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
