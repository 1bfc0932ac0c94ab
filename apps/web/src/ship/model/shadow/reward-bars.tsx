import type { ShadowReport } from '@attune/contracts';
import { DataTable } from '../../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text } from './text.ts';

interface Bar {
  readonly low: number;
  readonly high: number;
  readonly its: number;
  readonly theirs: number;
}

/** What both models give to delivered answers, tenth by tenth; each share is of its own model's answers. */
export function RewardBars({ histograms: { live, shadow } }: Pick<ShadowReport, 'histograms'>) {
  const t = useText(text);
  const { decimal } = useFormats();
  const [its, theirs] = [sharesOf(shadow), sharesOf(live)];
  const bars = its.map((share, index): Bar => {
    const edge = (at: number) => at / its.length;
    return { low: edge(index), high: edge(index + 1), its: share, theirs: theirs[index] ?? 0 };
  });
  return (
    <section aria-labelledby="shadow-rewards" className="space-y-2">
      <h3 id="shadow-rewards" className="font-medium">
        {t.distributions}
      </h3>
      <DataTable
        label={t.distributions}
        rows={bars}
        rowKey={({ low }) => String(low)}
        columns={[
          {
            key: 'bar',
            label: t.bar,
            cell: ({ low, high }) => (
              <span className="tabular-nums">{t.range(decimal(low, 1), decimal(high, 1))}</span>
            ),
          },
          { key: 'its', label: t.its, cell: (bar) => <ShareBar share={bar.its} look="bg-accent" /> },
          {
            key: 'theirs',
            label: t.theirs,
            cell: (bar) => <ShareBar share={bar.theirs} look="bg-accent/30" />,
          },
        ]}
      />
    </section>
  );
}

function ShareBar({ share, look }: { share: number; look: string }) {
  const { percent } = useFormats();
  return (
    <span className="flex min-w-28 items-center gap-2">
      <span aria-hidden className={`h-3 rounded-sm ${look}`} style={{ width: `${share * 70}%` }} />
      <span className="text-soft tabular-nums">{percent(share)}</span>
    </span>
  );
}

function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}
