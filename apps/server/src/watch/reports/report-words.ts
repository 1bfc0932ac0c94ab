import type { Report, ReportChange, ReportMetric, ReportReason, ReportTopic } from '@attune/contracts';

type Estimate = ReportChange['now'];

/** Metrics by name, and how their values are written. */
export const metricWords: Readonly<Record<ReportMetric, string>> = {
  satisfaction: 'Satisfaction',
  rating: 'Rating',
  thumbs: 'Thumbs up',
  coverage: 'Answers with feedback',
  harm: 'People who report harm',
  latency: 'Time to an answer',
  error_rate: 'Failed answers',
  tokens: 'Tokens an answer',
  retries: 'Questions put again',
};

export const verdictWords: Readonly<Record<ReportChange['verdict'], string>> = {
  better: 'better',
  worse: 'worse',
  neither: 'changed',
  unclear: 'no clear change',
  not_enough_data: 'not enough data',
};

function figure(metric: ReportMetric, value: number): string {
  if (metric === 'rating') return value.toFixed(2);
  if (metric === 'tokens') return value.toFixed(0);
  if (metric === 'latency') return `${(value / 1000).toFixed(2)} s`;
  return `${(100 * value).toFixed(1)} %`;
}

/** `72.1 % [68.0 %, 75.8 %], n = 412`, or a dash. */
export function estimateWords(metric: ReportMetric, { value, ci: [low, high], n }: Estimate): string {
  if (value === null) return '–';
  const interval = low === null || high === null ? '' : ` [${figure(metric, low)}, ${figure(metric, high)}]`;
  return `${figure(metric, value)}${interval}, n = ${n}`;
}

/** A difference with its sign. */
export function changeWords({ metric, change, verdict }: ReportChange): string {
  if (change.value === null || verdict === 'not_enough_data') return verdictWords.not_enough_data;
  const signed = (value: number) => `${value > 0 ? '+' : ''}${figure(metric, value)}`;
  const [low, high] = change.ci;
  const interval = low === null || high === null ? '' : ` [${signed(low)}, ${signed(high)}]`;
  return `${signed(change.value)}${interval}`;
}

/** `60 % disliked [45 %, 74 %], n = 40` of a topic's reactions. */
export function topicWords({ words, texts, negative }: ReportTopic): string {
  const name = words.length === 0 ? 'Alike' : words.join(', ');
  const disliked = negative.n === 0 ? 'no reactions' : `disliked ${estimateWords('thumbs', negative)}`;
  return `${name}: ${texts} texts, ${disliked}`;
}

/** What an action does, and why, in a sentence. */
export function actionWords(why: ReportReason): string {
  switch (why.kind) {
    case 'roll_back': {
      const worse = why.worse.map((metric) => metricWords[metric].toLowerCase()).join(', ');
      return `Take the traffic from ${why.model} again: it got some in this period, and ${worse} got worse.`;
    }
    case 'end_experiment':
      return `End the experiment "${why.name}": its results say ${why.verdict}.`;
    case 'promote_experiment':
      return `Give the treatment of "${why.name}" all traffic: every criterion holds.`;
    case 'retrain':
      return `Run the rule "${why.name}": ${why.ratings} approved ratings are in no data set yet.`;
    case 'add_rule':
      return `Add a rule that retrains: ${why.ratings} approved ratings are in no data set yet, and there is no rule.`;
    case 'measure_gates':
      return `Measure the gates of ${why.model}: it waits and was never measured.`;
    case 'judge_pairs':
      return `Have people judge ${why.pairs} pairs in "${why.name}": answers of this period had rivals.`;
    case 'open_judging':
      return `Start a judging project: ${why.pairs} answers of this period had rivals, and no project compares answers.`;
    case 'review_topic':
      return `Review what people say about ${why.words.join(', ')}: of ${why.reactions} reactions most are negative.`;
  }
}

/** `Weekly report, 2026-03-02 to 2026-03-08` */
export function titleOf({ kind, from, to }: Pick<Report, 'kind' | 'from' | 'to'>): string {
  const last = new Date(new Date(to).getTime() - 1).toISOString();
  return `${kind === 'week' ? 'Weekly' : 'Monthly'} report, ${from.slice(0, 10)} to ${last.slice(0, 10)}`;
}
