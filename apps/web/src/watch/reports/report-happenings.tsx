import type { ReportContent } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../../text/use-text.ts';
import { ReportSection } from './report-section.tsx';
import { text } from './text.ts';

/** What happened to models, rewards, judging and training. */
export function ReportHappenings({ content }: { content: ReportContent }) {
  const t = useText(text);
  const { drift, agreement, training } = content;
  return (
    <>
      <ReportSection title={t.models}>
        <Models models={content.models} />
      </ReportSection>
      <ReportSection title={t.drift}>
        <Lines none={t.noDrift} count={drift.length}>
          {drift.map(({ model_id, index, verdict }) => (
            <li key={model_id}>{t.driftOf(model_id, verdict, index)}</li>
          ))}
        </Lines>
      </ReportSection>
      <ReportSection title={t.agreement}>
        <Lines none={t.noAgreement} count={agreement.length}>
          {agreement.map(({ project_id, project, question, alpha }) => (
            <li key={`${project_id} ${question}`}>
              <Link
                to="/judge/projects/$project"
                params={{ project: project_id }}
                className="underline underline-offset-2"
              >
                {project}
              </Link>
              , {question}: {t.alpha(alpha)}
            </li>
          ))}
        </Lines>
      </ReportSection>
      <ReportSection title={t.training}>
        <Lines none={t.noTraining} count={training.runs.length}>
          {training.runs.map((run) => (
            <li key={run.id}>
              <Link to="/training/$id" params={{ id: run.id }} className="underline underline-offset-2">
                {run.model_name}
              </Link>{' '}
              ({run.recipe}): {t.runEnded(run.status, run.model_id, run.cost)}
            </li>
          ))}
          <li>{t.cost(training.cost.now, training.cost.before)}</li>
        </Lines>
      </ReportSection>
    </>
  );
}

function Models({ models: { registered, ramps, experiments } }: { models: ReportContent['models'] }) {
  const t = useText(text);
  return (
    <Lines none={t.noModels} count={registered.length + ramps.length + experiments.length}>
      {registered.map(({ model_id, kind }) => (
        <li key={`registered ${model_id}`}>{t.registered(model_id, kind)}</li>
      ))}
      {ramps.map(({ model_id, state, reason, began_at }) => (
        <li key={`ramp ${model_id} ${began_at}`}>{t.ramp(model_id, state, reason)}</li>
      ))}
      {experiments.map((experiment) => (
        <li key={experiment.id}>
          <Link to="/experiments/$id" params={{ id: experiment.id }} className="underline underline-offset-2">
            {experiment.name}
          </Link>
          : {t.experiment(experiment)}
        </li>
      ))}
    </Lines>
  );
}

/** Facts, one a line; says so where there are none. */
function Lines({ none, count, children }: { none: string; count: number; children: ReactNode }) {
  if (count === 0) return <p className="text-soft text-sm">{none}</p>;
  return <ul className="card grid gap-1.5 px-5 py-4 text-sm [overflow-wrap:anywhere]">{children}</ul>;
}
