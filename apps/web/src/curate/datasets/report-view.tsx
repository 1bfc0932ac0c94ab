import type { ValidationReport } from '@attune/contracts';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { Formats } from '../../text/formats.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { LeftOutList } from '../pairs/left-out-list.tsx';
import { text as pairText } from '../pairs/text.ts';
import { ShareBars } from './share-bars.tsx';
import { text } from './text.ts';

type Words = (typeof text)['en']['report'];

/** What speaks for and against a data set. */
export function ReportView({ report }: { report: ValidationReport }) {
  const t = useText(text);
  const methods = new Map<string, string>(Object.entries(useText(pairText).methods));
  const sides = new Map<string, string>(Object.entries(t.rows));
  const stars = Object.entries(report.rating_distribution).toSorted(([a], [b]) => Number(b) - Number(a));
  return (
    <div className="grid gap-5 md:grid-cols-2">
      <section className="card grid content-start gap-3 px-5 py-4 md:col-span-2">
        <h3 className="eyebrow">{t.report.checks}</h3>
        <ul className="grid gap-1.5 text-sm">
          {checksOf(report, t.report).map(({ fine, says }) => (
            <li key={says} className="flex items-start gap-2">
              {fine ? (
                <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
              ) : (
                <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
              )}
              {says}
            </li>
          ))}
        </ul>
        <Estimates report={report} />
      </section>
      <div className="card grid content-start gap-4 px-5 py-4">
        <ShareBars
          title={t.report.ratings}
          rows={stars.map(([rating, count]) => ({ name: `${rating} ★`, count }))}
        />
        <ShareBars
          title={t.report.methods}
          rows={Object.entries(report.pairs_by_method).map(([method, count]) => ({
            name: methods.get(method) ?? method,
            count,
          }))}
        />
      </div>
      <div className="card grid content-start gap-4 px-5 py-4">
        <section>
          <h3 className="eyebrow mb-1">{t.report.splits}</h3>
          <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 text-sm">
            {Object.entries(report.splits).map(([side, { rows, queries }]) => (
              <div key={side} className="contents">
                <dt>{sides.get(side) ?? side}</dt>
                <dd className="text-right tabular-nums">{t.report.split(rows, queries)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <p className="text-sm">{t.report.kept(report.kept, report.considered)}</p>
        <LeftOutList title={t.report.dropped} rows={report.dropped} />
      </div>
    </div>
  );
}

/** The checks that a report holds, each with whether it is well. */
function checksOf({ leaking_queries, near_leaks, duplicates, pii }: ValidationReport, t: Words) {
  const checks = [
    { fine: leaking_queries === 0, says: leaking_queries === 0 ? t.leakFree : t.leaks(leaking_queries) },
  ];
  if (near_leaks !== undefined && near_leaks.count > 0)
    checks.push({ fine: false, says: t.nearLeaks(near_leaks.count) });
  if (duplicates !== undefined) {
    const { exact, near } = duplicates;
    const fine = exact + near === 0;
    checks.push({ fine, says: fine ? t.noDuplicates : t.duplicates(exact, near) });
  }
  if (pii !== undefined)
    checks.push({ fine: pii.found === 0, says: pii.found === 0 ? t.noPii : t.pii(pii.found, pii.rows) });
  return checks;
}

type Estimate = NonNullable<ValidationReport['alpha']>;

function Estimates({ report }: { report: ValidationReport }) {
  const t = useText(text).report;
  const formats = useFormats();
  const rows: [string, Estimate | undefined][] = [
    [t.goodShare, report.good_share],
    [t.alpha, report.alpha],
    [t.lengthRating, report.length_bias?.rating],
    [t.chosenLonger, report.length_bias?.chosen_longer],
  ];
  const known = rows.flatMap(([name, estimate]) => {
    const said = saidEstimate(estimate, t, formats);
    return said === null ? [] : [{ name, ...said }];
  });
  if (known.length === 0) return null;
  return (
    <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-[repeat(auto-fill,minmax(13rem,1fr))]">
      {known.map(({ name, value, interval }) => (
        <div key={name} className="row-span-2 grid grid-rows-subgrid gap-y-0.5">
          <dt className="self-end text-faint text-xs">{name}</dt>
          <dd>
            <span className="font-medium text-lg tabular-nums">{value}</span>
            <span className="block text-faint text-xs tabular-nums">{interval}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function saidEstimate(estimate: Estimate | undefined, t: Words, { decimal }: Formats) {
  if (estimate === undefined || estimate.value === null) return null;
  const [low, high] = estimate.ci.map((bound) => (bound === null ? '?' : decimal(bound, 2)));
  return { value: decimal(estimate.value, 2), interval: t.interval(low ?? '?', high ?? '?', estimate.n) };
}
