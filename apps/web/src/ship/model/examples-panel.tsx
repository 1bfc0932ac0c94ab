import type { ScoredExample } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

const kinds = ['disagreements', 'highest', 'lowest'] as const;

/** Answers for a look by hand: furthest from people's ratings, scored highest, scored lowest. */
export function ExamplesPanel({ id }: { id: string }) {
  const t = useText(text).examples;
  const [kind, setKind] = useState<(typeof kinds)[number]>('disagreements');
  const examples = useQuery({
    queryKey: ['models', 'examples', id],
    queryFn: ({ signal }) => api.getModelExamples({ params: { id } }, { signal }),
  });
  return (
    <section aria-labelledby="examples" className="space-y-3">
      <h2 id="examples" className="font-medium font-serif text-xl">
        {t.title}
      </h2>
      {examples.isError && <ErrorNotice error={examples.error} onRetry={() => examples.refetch()} />}
      {examples.isPending && <Loading what={t.title} />}
      {examples.data?.measured_at === null && <p className="text-soft text-sm">{t.none}</p>}
      {examples.data && examples.data.measured_at !== null && (
        <>
          <fieldset className="flex flex-wrap gap-2">
            <legend className="sr-only">{t.title}</legend>
            {kinds.map((one) => (
              <button
                key={one}
                type="button"
                className="line-button"
                aria-pressed={one === kind}
                onClick={() => setKind(one)}
              >
                {t.kinds[one]}
              </button>
            ))}
          </fieldset>
          <ExampleList examples={examples.data[kind]} />
        </>
      )}
    </section>
  );
}

/** Answers with what models and people say of them. @param names the two models, where both were asked */
export function ExampleList({
  examples,
  names,
}: {
  examples: readonly ScoredExample[];
  names?: readonly [string, string];
}) {
  const t = useText(text).examples;
  const { decimal } = useFormats();
  if (examples.length === 0) return <p className="text-soft text-sm">{t.empty}</p>;
  return (
    <ul className="card divide-y divide-line">
      {examples.map(({ query, response, rating, reward, other_reward }) => (
        <li key={JSON.stringify([query, response])} className="space-y-1 px-5 py-3">
          <p className="font-medium [overflow-wrap:anywhere]">{query}</p>
          <p className="line-clamp-4 text-sm [overflow-wrap:anywhere]">{response}</p>
          <p className="text-soft text-sm tabular-nums">
            {names === undefined ? t.reward(decimal(reward, 2)) : t.rewardBy(names[0], decimal(reward, 2))}
            {names !== undefined &&
              other_reward !== null &&
              `, ${t.rewardBy(names[1], decimal(other_reward, 2))}`}
            {rating !== null && `, ${t.rating(decimal(rating, 1))}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
