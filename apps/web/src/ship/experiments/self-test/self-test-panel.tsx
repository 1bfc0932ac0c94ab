import type { SelfTest } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../shell/api.ts';
import { DataTable } from '../../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { pWords } from '../metric-words.ts';
import { PValueCurve } from './p-value-curve.tsx';
import { text } from './text.ts';

/** It is looked at once in an hour. */
const AGAIN_MS = 60_000;
const SHOWN_LOOKS = 12;

/** The standing A/A test: whether experiments here find a difference where there is none. */
export function SelfTestPanel() {
  const t = useText(text);
  const test = useQuery({
    queryKey: ['self-test'],
    queryFn: ({ signal }) => api.getSelfTest({}, { signal }),
    refetchInterval: AGAIN_MS,
  });
  return (
    <section aria-labelledby="self-test" className="card mt-10 p-5" data-self-test>
      <h2 id="self-test" className="font-medium font-serif text-xl">
        {t.title}
      </h2>
      <p className="mt-1 max-w-prose text-soft text-sm">{t.about}</p>
      {test.isSuccess && <Standing test={test.data.self_test} />}
    </section>
  );
}

const colours: Readonly<Record<SelfTest['verdict'], string>> = {
  not_enough_data: 'text-soft',
  passes: 'text-good',
  differs: 'text-bad',
  sample_ratio_mismatch: 'text-bad',
};

function Standing({ test }: { test: SelfTest | null }) {
  const t = useText(text);
  const formats = useFormats();
  if (test === null) return <p className="mt-3 text-soft text-sm">{t.notYet}</p>;
  const { verdict, results, looks, started_at, ends_at } = test;
  const told = (p: number | null) => (p === null ? '–' : pWords(p, formats));
  return (
    <>
      <p className={`mt-3 font-medium text-sm ${colours[verdict]}`}>{t.verdicts[verdict]}</p>
      {results !== null && (
        <p className="text-faint text-sm">
          {t.users(results.users.control, results.users.treatment)}{' '}
          {t.split(told(results.sample_ratio_p_value))} {t.span(started_at, ends_at)}
        </p>
      )}
      {looks.length > 1 && <PValueCurve looks={looks} />}
      {looks.length > 0 && (
        <details className="mt-3">
          <summary className="cursor-pointer text-sm">{t.looks}</summary>
          <div className="mt-2">
            <DataTable
              label={t.looks}
              columns={[
                { key: 'at', label: t.at, cell: ({ at }) => formats.moment(at) },
                { key: 'p', label: t.pValue, cell: ({ p_value }) => told(p_value), numeric: true },
                {
                  key: 'split',
                  label: t.splitP,
                  cell: ({ sample_ratio_p_value }) => told(sample_ratio_p_value),
                  numeric: true,
                },
              ]}
              rows={looks.slice(-SHOWN_LOOKS).reverse()}
              rowKey={({ at }) => at}
            />
          </div>
        </details>
      )}
    </>
  );
}
