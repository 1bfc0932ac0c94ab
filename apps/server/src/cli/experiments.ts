import type { Criterion, Experiment, ExperimentResults, MetricResult } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { UsageError } from './failure.ts';
import { estimateText, table } from './table.ts';

const MOST_LISTED = 200;

type Recommendation = ExperimentResults['recommendation'];

/** The newest experiments. */
export async function experiments(client: AttuneClient): Promise<Experiment[]> {
  return (await client.listExperiments({ query: { limit: MOST_LISTED } })).items;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws UsageError when no experiment has the name; an unknown id is the server's to refuse */
export async function experimentNamed(client: AttuneClient, idOrName: string): Promise<Experiment> {
  if (ID.test(idOrName)) return await client.getExperiment({ params: { id: idOrName } });
  const found = (await experiments(client)).find(({ name }) => name === idOrName);
  if (found !== undefined) return found;
  throw new UsageError(`There is no experiment ${idOrName}.`, '`attune experiments` lists them.');
}

export function experimentsText(all: readonly Experiment[]): string {
  if (all.length === 0) return '  No experiments yet: start one on the page Experiments.';
  const rows = all.map((experiment) => {
    const { id, name, status, traffic, results, end_date } = experiment;
    const users = results === null ? '–' : `${results.users.control} / ${results.users.treatment}`;
    return [id, name, status, percentText(traffic), users, standText(experiment), dayText(end_date)];
  });
  return table([['id', 'name', 'status', 'traffic', 'counted', 'says', 'ends'], ...rows]);
}

/** How an experiment stands: its winner, or what its results recommend. */
function standText({ status, winner, results }: Experiment): string {
  if (status === 'completed') return winner === 'inconclusive' ? 'no winner' : `${winner} won`;
  return results === null ? 'not looked at yet' : verdictText(results.recommendation);
}

const verdicts: Record<Recommendation['verdict'], string> = {
  deploy: 'deploy the treatment',
  keep: 'keep the control',
  go_on: 'go on',
  stop: 'stop: the treatment harms',
  not_enough_data: 'not enough data yet',
  blocked: 'blocked',
};

const reasons: Record<Recommendation['reason'], string> = {
  all_criteria_hold: 'every criterion holds',
  a_criterion_fails: 'a criterion fails',
  criteria_open: 'not every criterion is settled',
  metric_worse: 'surely worse than the control',
  too_few_users: 'each arm needs 50 that met a difference',
  too_little_feedback: 'each arm needs 50 that reacted',
  sample_ratio_mismatch: 'the arms do not fill as planned, so nothing here can be believed',
};

function verdictText({ verdict, days_left }: Recommendation): string {
  if (days_left === null) return verdicts[verdict];
  return `${verdicts[verdict]}, about ${Math.max(1, Math.ceil(days_left))} more days`;
}

/** The panel of an experiment. */
export function experimentText(experiment: Experiment): string {
  const { name, status, control_model_id, treatment_model_id, results } = experiment;
  const { traffic, traffic_split, unit, start_date, end_date, reason } = experiment;
  return [
    `  ${name} (${status})`,
    `  control    ${control_model_id}`,
    `  treatment  ${treatment_model_id}, ${percentText(traffic_split)} of those who take part`,
    `  traffic    ${percentText(traffic)} of ${unit}s, ${dayText(start_date)} to ${dayText(end_date)}`,
    ...(reason === null ? [] : [`  ended      ${standText(experiment)}: ${reason}`]),
    ...(results === null ? ['', '  Nothing was looked at yet.'] : resultsText(results, unit)),
  ].join('\n');
}

function resultsText(results: ExperimentResults, unit: Experiment['unit']): string[] {
  const { recommendation, users, sample_ratio_p_value, criteria, metrics } = results;
  const about = recommendation.metric === null ? '' : ` (${wordOf(recommendation.metric)})`;
  return [
    `  ${`${unit}s`.padEnd(10)} ${users.control} control, ${users.treatment} treatment; the split as planned p=${sample_ratio_p_value.toPrecision(2)}`,
    '',
    `  ${verdictText(recommendation)}: ${reasons[recommendation.reason]}${about}`,
    '',
    table([
      ['criterion', 'state', 'seen'],
      ...criteria.map((criterion) => [
        criterionText(criterion),
        criterion.state,
        criterion.measure === 'count' ? String(criterion.seen.value) : estimateText(criterion.seen),
      ]),
    ]),
    '',
    table([['metric', 'control', 'treatment', 'difference', 'p', 'q'], ...metrics.map(metricRow)]),
  ];
}

function metricRow({ metric, control, treatment, difference, p_value, q_value }: MetricResult): string[] {
  return [
    wordOf(metric),
    figureText(control.value),
    figureText(treatment.value),
    estimateText(difference),
    figureText(p_value),
    figureText(q_value),
  ];
}

function criterionText({ metric, measure, bound, value }: Criterion): string {
  const size = measure === 'relative' ? `${Number((value * 100).toFixed(2))} %` : String(value);
  return `${wordOf(metric)} ${measure} ${bound.replaceAll('_', ' ')} ${size}`;
}

function wordOf(metric: string): string {
  return metric.replaceAll('_', ' ');
}

function figureText(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

function percentText(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

function dayText(at: string | null): string {
  return at === null ? '–' : at.slice(0, 16).replace('T', ' ');
}
