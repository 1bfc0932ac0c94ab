import { DataTable } from '../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import type { ErrorTable, GroupMeasure } from './error-groups.ts';

/** Whom and what a reward model judges worse: its errors by length, category and group of users. */
export function ErrorTables({ tables }: { tables: readonly ErrorTable[] }) {
  const t = useText(text);
  return (
    <section aria-labelledby="errors" className="mb-8 space-y-3">
      <h2 id="errors" className="font-medium font-serif text-xl">
        {t.errors}
      </h2>
      <p className="text-soft text-sm">{t.errorsAbout}</p>
      {tables.map((table) => (
        <Groups key={table.by} table={table} />
      ))}
    </section>
  );
}

function Groups({ table: { by, groups } }: { table: ErrorTable }) {
  const t = useText(text);
  const { count } = useFormats();
  const measures = [
    { name: 'mae', label: t.meanError },
    { name: 'pair_accuracy', label: t.pairAccuracy },
  ] as const;
  const shown = measures.filter(({ name }) => groups.some((group) => group[name] !== undefined));
  return (
    <DataTable
      label={t.errorsBy[by]}
      columns={[
        { key: 'group', label: t.errorsBy[by], cell: ({ group }) => (group === 'other' ? t.others : group) },
        ...shown.flatMap(({ name, label }) => [
          {
            key: name,
            label,
            cell: (group: (typeof groups)[number]) => <Measured measure={group[name]} />,
            numeric: true,
          },
          {
            key: `${name}-n`,
            label: 'n',
            cell: (group: (typeof groups)[number]) => {
              const measure = group[name];
              return measure === undefined ? '–' : count(measure.n);
            },
            numeric: true,
          },
        ]),
      ]}
      rows={groups}
      rowKey={({ group }) => group}
    />
  );
}

function Measured({ measure }: { measure: GroupMeasure | undefined }) {
  const { decimal } = useFormats();
  if (measure === undefined) return '–';
  const [low, high] = measure.ci;
  const interval = low === null || high === null ? '' : ` (${decimal(low, 2)} – ${decimal(high, 2)})`;
  return `${decimal(measure.value, 2)}${interval}`;
}
