import type { Blend } from '@attune/contracts';
import { DataTable } from '../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** What a blend gains on each of its two models, and whether the server recommends it. */
export function BlendResult({ blend }: { blend: Blend }) {
  const t = useText(text);
  const { count, decimal, percent } = useFormats();
  const shown = (value: number | null) => (value === null ? '–' : decimal(value, 3));
  return (
    <div className="card space-y-3 p-5" role="status">
      <p>{t.made(blend.model_id, percent(blend.weight), blend.models[0])}</p>
      <p className={blend.recommended ? 'text-good' : 'text-warn'}>
        {blend.recommended ? t.recommended : t.notRecommended}
      </p>
      <DataTable
        label={t.gain}
        rows={blend.gains}
        rowKey={({ model_id }) => model_id}
        columns={[
          { key: 'model', label: t.against, cell: ({ model_id }) => model_id },
          {
            key: 'gain',
            label: t.gain,
            cell: ({ pair_accuracy: { value } }) => shown(value),
            numeric: true,
          },
          {
            key: 'interval',
            label: t.interval,
            cell: ({ pair_accuracy: { ci } }) => `${shown(ci[0])} – ${shown(ci[1])}`,
            numeric: true,
          },
          { key: 'n', label: 'n', cell: ({ pair_accuracy: { n } }) => count(n), numeric: true },
        ]}
      />
      {blend.excluded_training_queries > 0 && (
        <p className="text-faint text-sm">{t.excluded(count(blend.excluded_training_queries))}</p>
      )}
    </div>
  );
}
