import type { Job } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { judgedSamplesQuery } from '../job-queries.ts';
import { text } from '../text.ts';

/** How people judged the run's samples, where it asked for that. */
export function JudgedSamples({ job }: { job: Job }) {
  const t = useText(text);
  const { percent } = useFormats();
  const curates = mayAct(useMe().role, 'curator');
  const judged = useQuery({ ...judgedSamplesQuery(job.id), enabled: job.judge_samples !== null });
  if (judged.data === undefined) return null;
  const { project_id, pairs, judged: done, win_rate } = judged.data;
  const rate = win_rate?.value ?? null;
  const [low, high] = (win_rate?.ci ?? []).map((bound) => (bound === null ? '?' : percent(bound)));
  return (
    <p className="card mb-4 flex flex-wrap items-baseline gap-x-4 px-5 py-3 text-sm">
      <span>{t.judged(done, pairs)}</span>
      {win_rate !== null && rate !== null && (
        <span>{t.winRate(percent(rate), `${low}–${high}`, win_rate.n)}</span>
      )}
      {curates && project_id !== null && (
        <Link to="/judge/projects/$project" params={{ project: project_id }} className="underline">
          {t.judgingProject}
        </Link>
      )}
    </p>
  );
}
