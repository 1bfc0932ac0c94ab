import type { Dataset } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

const HASH_SHOWN = 12;

/** A data set in figures. */
export function DatasetFacts({ dataset }: { dataset: Dataset }) {
  const t = useText(text).detail;
  const { count, percent, day, moment } = useFormats();
  return (
    <dl className="card grid grid-cols-2 gap-x-6 gap-y-3 px-5 py-4 text-sm sm:grid-cols-3 lg:grid-cols-6">
      <Fact name={t.samples}>{count(dataset.sample_count)}</Fact>
      <Fact name={t.pairs}>
        {count(dataset.pair_count)}{' '}
        {dataset.content_hash !== null && dataset.pair_count > 0 && (
          <Link
            to="/pairs"
            search={{ dataset: dataset.id }}
            className="font-normal text-accent-strong text-xs underline"
          >
            {t.seePairs}
          </Link>
        )}
      </Fact>
      <Fact name={t.quality}>{dataset.quality_score === null ? t.none : percent(dataset.quality_score)}</Fact>
      <Fact name={t.curator}>{dataset.curator_email ?? t.none}</Fact>
      <Fact name={t.made}>
        <time dateTime={dataset.created_at} title={moment(dataset.created_at)}>
          {day(dataset.created_at)}
        </time>
      </Fact>
      <Fact name={t.hash}>
        {dataset.content_hash === null ? (
          t.none
        ) : (
          <code title={dataset.content_hash}>{dataset.content_hash.slice(0, HASH_SHOWN)}</code>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="truncate font-medium tabular-nums">{children}</dd>
    </div>
  );
}
