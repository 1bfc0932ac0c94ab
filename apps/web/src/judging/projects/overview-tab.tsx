import type { JudgingProject } from '@attune/contracts';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** How far a project has come; for a draft, what it needs to run. */
export function OverviewTab({ project }: { project: JudgingProject }) {
  const t = useText(text).overview;
  const { count } = useFormats();
  const { items, done, adjudicated, controls, training, judgements, missing, skipped } = project.counts;
  const figures = [
    [t.done, t.of(done, items)],
    [t.judgements, count(judgements)],
    [t.missing, count(missing)],
    [t.skipped, count(skipped)],
    [t.adjudicated, count(adjudicated)],
    [t.controls, count(controls)],
    [t.training, count(training)],
  ] as const;
  return (
    <div className="grid grid-cols-1 gap-6">
      {project.status === 'draft' && <ToRun project={project} />}
      <progress
        aria-label={t.done}
        max={Math.max(1, items)}
        value={done}
        className="h-2 w-full overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {figures.map(([label, figure]) => (
          <div key={label} className="card px-4 py-3">
            <dt className="text-faint text-xs">{label}</dt>
            <dd className="font-medium font-serif text-2xl tabular-nums">{figure}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function ToRun({ project: { counts, judges, judges_per_item } }: { project: JudgingProject }) {
  const t = useText(text).overview;
  const steps = [
    { says: t.needItems, done: counts.items > 0 },
    { says: t.needJudges(judges.length, judges_per_item), done: judges.length >= judges_per_item },
  ];
  return (
    <section className="card px-5 py-4">
      <h2 className="mb-2 font-medium">{t.toRun}</h2>
      <ul className="grid gap-1.5 text-sm">
        {steps.map(({ says, done }) => (
          <li key={says} className={`flex items-center gap-2 ${done ? 'text-faint line-through' : ''}`}>
            {done ? (
              <CircleCheck aria-hidden className="size-4 text-good" />
            ) : (
              <CircleDashed aria-hidden className="size-4 text-faint" />
            )}
            {says}
          </li>
        ))}
      </ul>
      {steps.every(({ done }) => done) && <p className="mt-2 text-sm">{t.ready}</p>}
    </section>
  );
}
