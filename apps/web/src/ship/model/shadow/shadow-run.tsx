import type { Endpoints, ResponseOf } from '@attune/contracts';
import { mayAct } from '../../../shell/role-rank.ts';
import { useMe } from '../../../shell/session.ts';
import { useFormats, useText } from '../../../text/use-text.ts';
import { Disagreements } from './disagreements.tsx';
import { RewardBars } from './reward-bars.tsx';
import { ShadowFigures } from './shadow-figures.tsx';
import { text } from './text.ts';

type ShadowWithReport = NonNullable<ResponseOf<Endpoints['getShadow']>['shadow']>;

/** How far a shadow run is, and what it shows. */
export function ShadowRun({ id, shadow }: { id: string; shadow: ShadowWithReport }) {
  const { role } = useMe();
  const { report } = shadow;
  return (
    <div className="space-y-4">
      <Standing shadow={shadow} />
      {shadow.scored > 0 && (
        <>
          <ShadowFigures report={report} />
          <RewardBars histograms={report.histograms} />
          {mayAct(role, 'curator') && report.disagreements > 0 && <Disagreements id={id} report={report} />}
        </>
      )}
    </div>
  );
}

function Standing({ shadow }: { shadow: ShadowWithReport }) {
  const t = useText(text);
  const { count, list, percent } = useFormats();
  const { status, reason, scored, max_answers, dropped, failed, report } = shadow;
  const models = report.against.map(({ model_id }) => model_id ?? t.noModel);
  return (
    <div className="card space-y-1 px-5 py-3">
      <p>{t.standing(reason === null ? t.states[status] : t.reasons[reason], percent(shadow.share))}</p>
      {status === 'running' && (
        <progress className="w-full accent-accent" max={max_answers} value={scored} aria-label={t.progress} />
      )}
      <p className="text-soft text-sm tabular-nums">{t.scored(scored, count(max_answers))}</p>
      {dropped + failed > 0 && (
        <p className="text-soft text-sm tabular-nums">{t.missed(count(dropped), count(failed))}</p>
      )}
      {models.length > 0 && <p className="text-faint text-sm">{t.against(list(models))}</p>}
    </div>
  );
}
