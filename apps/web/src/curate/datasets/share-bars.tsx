import { useFormats } from '../../text/use-text.ts';

interface ShareBarsProps {
  title: string;
  rows: readonly { name: string; count: number }[];
}

/** Counts as bars, the largest as wide as there is room. */
export function ShareBars({ title, rows }: ShareBarsProps) {
  const { count } = useFormats();
  const most = Math.max(...rows.map((row) => row.count), 1);
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className="eyebrow mb-2">{title}</h3>
      <dl className="grid grid-cols-[minmax(4.5rem,max-content)_1fr_minmax(3rem,max-content)] items-center gap-x-3 gap-y-1 text-sm">
        {rows.map((row) => (
          <div key={row.name} className="contents">
            <dt>{row.name}</dt>
            <dd className="contents">
              <span aria-hidden className="h-2 rounded-full bg-sunken">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{ width: `${(100 * row.count) / most}%` }}
                />
              </span>
              <span className="text-right tabular-nums">{count(row.count)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
