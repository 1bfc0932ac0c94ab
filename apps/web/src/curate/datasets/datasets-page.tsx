import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, Upload, X } from 'lucide-react';
import { Choice } from '../../shell/parts/choice.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { WordsFilter } from '../words-filter.tsx';
import { DatasetList } from './dataset-list.tsx';
import { type DatasetSearch, datasetSearch, statuses, types } from './dataset-search.ts';
import { text } from './text.ts';

/** Every data set, newest first. */
export function DatasetsPage() {
  const t = useText(text);
  const search = useSearch({ from: '/frame/datasets' });
  const curates = mayAct(useMe().role, 'curator');
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about}>
        {curates && (
          <div className="flex flex-wrap gap-2">
            <Link to="/import" className="line-button">
              <Upload aria-hidden className="size-4" /> {t.import}
            </Link>
            <Link to="/datasets/new" className="main-button">
              <Plus aria-hidden className="size-4" /> {t.new}
            </Link>
          </div>
        )}
      </PageHead>
      <Filters search={search} />
      <DatasetList search={search} curates={curates} />
    </PageBody>
  );
}

function Filters({ search }: { search: DatasetSearch }) {
  const t = useText(text);
  const navigate = useNavigate();
  const show = (changed: Partial<Record<keyof DatasetSearch, string>>) =>
    void navigate({ to: '/datasets', search: datasetSearch({ ...changed }), replace: true });
  return (
    <search className="mb-4 flex flex-wrap items-center gap-2">
      <WordsFilter label={t.filters.name} value={search.q ?? ''} onWords={(q) => show({ ...search, q })} />
      <Choice
        label={t.filters.type}
        options={[
          { value: '', label: t.filters.anyType },
          ...types.map((value) => ({ value, label: t.types[value] })),
        ]}
        value={search.type ?? ''}
        onValue={(type) => show({ ...search, type })}
      />
      <Choice
        label={t.filters.status}
        options={[
          { value: '', label: t.filters.anyStatus },
          ...statuses.map((value) => ({ value, label: t.statuses[value] })),
        ]}
        value={search.status ?? ''}
        onValue={(status) => show({ ...search, status })}
      />
      {Object.keys(search).length > 0 && (
        <button type="button" className="quiet-button min-h-9" onClick={() => show({})}>
          <X aria-hidden className="size-4" /> {t.filters.clear}
        </button>
      )}
    </search>
  );
}
