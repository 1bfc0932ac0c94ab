import { type GuardEvidence, type Ramp, type RampGuard, RampMetric, type RampStep } from '@attune/contracts';
import { UsageError } from './failure.ts';
import { rampText } from './models.ts';
import { table } from './table.ts';

/**
 * A step as typed: `SHARE:SECONDS:ANSWERS`, the share in percent.
 * @throws UsageError
 */
export function stepOf(typed: string): RampStep {
  const [share, hold_seconds, minimum_samples, ...more] = typed.split(':').map(Number);
  if (!isNumber(share) || !isNumber(hold_seconds) || !isNumber(minimum_samples) || more.length > 0) {
    throw new UsageError(`--step ${typed} is no step.`, 'Write SHARE:SECONDS:ANSWERS, as in 10:3600:100.');
  }
  return { share: share / 100, hold_seconds, minimum_samples };
}

/**
 * A guard as typed: `METRIC:MARGIN` or `METRIC:MARGIN:PEOPLE`, the margin as the API has it.
 * @throws UsageError
 */
export function guardOf(typed: string): RampGuard {
  const [name, margin, people = '50', ...more] = typed.split(':');
  const metric = RampMetric.safeParse(name);
  const wrong =
    margin === undefined || margin === '' || !isNumber(Number(margin)) || !isNumber(Number(people));
  if (!metric.success || wrong || more.length > 0) {
    const metrics = RampMetric.options.join(', ');
    const hint = `Write METRIC:MARGIN or METRIC:MARGIN:PEOPLE; metrics are ${metrics}.`;
    throw new UsageError(`--guard ${typed} is no guard.`, hint);
  }
  return { metric: metric.data, margin: Number(margin), minimum_samples: Number(people) };
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

/** How the newest deployment stands, with what was seen and decided. */
export function rampDetails(ramp: Ramp | null): string {
  if (ramp === null) return '  Nothing was deployed yet.';
  const { evidence, history } = ramp;
  const seen =
    evidence === null
      ? ['  Nothing was looked at yet.']
      : [
          table([
            ['guard', 'margin', 'state', 'difference', 'interval', 'people'],
            ...evidence.guards.map(guardRow),
          ]),
          table([
            ['success', 'bound', 'state', 'seen', 'interval', 'people'],
            ...evidence.criteria.map(({ metric, measure, bound, value, state, seen, units }) => [
              `${metric} ${measure}`,
              `${bound} ${value}`,
              words(state),
              figure(seen.value),
              interval(seen.ci),
              String(units),
            ]),
          ]),
          `  ${evidence.users.treatment} people met the new model, ${evidence.users.control} the one before (sample ratio p = ${evidence.sample_ratio_p_value.toPrecision(2)})`,
        ];
  const decisions = history.map(({ at, action, share, by, reason }) => [
    at.slice(0, 16).replace('T', ' '),
    words(action),
    `${Math.round(share * 100)} %`,
    by,
    reason ?? '',
  ]);
  return [rampText(ramp), ...seen, table([['when', 'decision', 'share', 'by', 'why'], ...decisions])].join(
    '\n\n',
  );
}

function guardRow({ metric, margin, state, difference, treatment, control }: GuardEvidence): string[] {
  return [
    metric,
    String(margin),
    words(state),
    figure(difference.value),
    interval(difference.ci),
    `${treatment.units} / ${control.units}`,
  ];
}

function words(state: string): string {
  return state.replaceAll('_', ' ');
}

function figure(value: number | null): string {
  return value === null ? '-' : String(Number(value.toPrecision(3)));
}

function interval([low, high]: readonly [number | null, number | null]): string {
  return low === null && high === null ? '-' : `${figure(low)} … ${figure(high)}`;
}
