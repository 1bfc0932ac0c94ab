import type { DistributionMetric } from '@attune/contracts';
import { useSearch } from '@tanstack/react-router';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { useText } from '../../text/use-text.ts';
import { DistributionPanel } from './distribution-panel.tsx';
import { Panel } from './panel.tsx';
import { distributions, panels, sections } from './panels.ts';
import { PeriodChoice } from './period-choice.tsx';
import { SegmentChoices } from './segment-choices.tsx';
import { text } from './text.ts';
import type { TrendsSearch } from './trends-search.ts';
import { useFreshSeries } from './use-fresh-series.ts';

/** Every metric over time: any period, any segment, and the rows behind each point. */
export function TrendsPage() {
  const t = useText(text);
  const search = useSearch({ from: '/frame/trends' });
  useFreshSeries();
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about} />
      <search className="mb-6 flex flex-wrap items-end gap-2">
        <PeriodChoice search={search} />
        <SegmentChoices search={search} />
      </search>
      <div className="grid gap-8">
        {sections.map((section) => (
          <section key={section} aria-labelledby={`section-${section}`}>
            <h2 id={`section-${section}`} className="mb-3 font-serif text-xl">
              {t.sections[section]}
            </h2>
            <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
              {panels[section].map((metric) => (
                <Panel key={metric} metric={metric} search={search} />
              ))}
              <Spread metric={distributions[section]} search={search} />
            </div>
          </section>
        ))}
      </div>
    </PageBody>
  );
}

function Spread({ metric, search }: { metric: DistributionMetric | undefined; search: TrendsSearch }) {
  return metric === undefined ? null : <DistributionPanel metric={metric} search={search} />;
}
