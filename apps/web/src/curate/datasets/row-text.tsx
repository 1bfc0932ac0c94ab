import type { RowChange } from '@attune/contracts';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

interface RowTextProps {
  row: NonNullable<RowChange['after']>;
  caption?: string;
}

/** A row of a data set: its question, and the rest of it as it is stored. */
export function RowText({ row, caption }: RowTextProps) {
  const t = useText(text).rows;
  return (
    <div className="min-w-0 text-sm">
      <p className="flex flex-wrap items-baseline gap-2">
        {caption !== undefined && <span className="eyebrow">{caption}</span>}
        <span className="font-medium [overflow-wrap:anywhere]">{row.query}</span>
        <span className="chip">{t[row.type]}</span>
        <span className="chip">{t[row.split]}</span>
      </p>
      <dl className="mt-1 grid gap-1 text-soft">
        {Object.entries(row.row).map(([name, value]) => (
          <div key={name} className="flex gap-2">
            <dt className="shrink-0 text-faint text-xs leading-5">{name}</dt>
            <dd className="line-clamp-3 min-w-0 [overflow-wrap:anywhere]">
              {typeof value === 'string' ? value : JSON.stringify(value)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
