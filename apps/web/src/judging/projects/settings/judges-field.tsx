import type { Judge } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../shell/api.ts';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Loading } from '../../../shell/parts/loading.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';

interface JudgesFieldProps {
  /** Those who are named already, programs and former members too. */
  named: readonly Judge[];
  chosen: readonly string[];
  onChosen: (ids: string[]) => void;
}

/** Who judges. */
export function JudgesField({ named, chosen, onChosen }: JudgesFieldProps) {
  const t = useText(text).settings;
  const possible = useQuery({
    queryKey: ['judging', 'judges'],
    queryFn: ({ signal }) => api.possibleJudges({}, { signal }),
  });
  if (possible.isError) return <ErrorNotice error={possible.error} onRetry={() => possible.refetch()} />;
  if (possible.isPending) return <Loading what={t.judges} lines={1} />;
  const listed = new Set(possible.data.judges.map(({ id }) => id));
  const judges = [...possible.data.judges, ...named.filter(({ id }) => !listed.has(id))];
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t.judges}</legend>
      <div className="card grid max-h-64 gap-1 overflow-y-auto px-4 py-2 sm:grid-cols-2">
        {judges.map(({ id, name }) => (
          <label key={id} className="flex min-h-9 items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4"
              checked={chosen.includes(id)}
              onChange={({ target: { checked } }) =>
                onChosen(checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
            <span className="truncate">{name}</span>
          </label>
        ))}
      </div>
      <p className="mt-1 text-faint text-xs">{t.judgesHint}</p>
    </fieldset>
  );
}
