import type { Report, ReportContent } from '@attune/contracts';
import {
  actionWords,
  changeWords,
  estimateWords,
  metricWords,
  titleOf,
  topicWords,
  verdictWords,
} from './report-words.ts';

/** A piece of a document, in plain text that whoever writes it out has to escape. */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'quotes'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** A report as a document. */
export function blocksOf(report: Report): Block[] {
  const { content } = report;
  return [
    { kind: 'title', text: titleOf(report) },
    paragraph(summaryOf(content)),
    ...section('Proposed', listOr(report.actions.map(actionLine), 'Nothing needs doing.')),
    ...section('What changed', changesTable(content)),
    paragraph(
      'Intervals are 95 %, those of differences 99 %, as several are looked at together. n counts people, for answers with feedback answers.',
    ),
    ...section('Models', listOr(modelLines(content), 'No model was registered, deployed or tried.')),
    ...topics('What people ask about', content.questions, 'questions with feedback'),
    ...topics('What people write', content.comments, 'comments'),
    ...section('People', listOr(peopleLines(content), 'Nobody asked with a user id.')),
    ...section('Drift of rewards', listOr(driftLines(content), 'No reward model takes traffic.')),
    ...section('Agreement of judges', listOr(agreementLines(content), 'Nobody judged in this period.')),
    ...section('Training', listOr(trainingLines(content), 'No run ended.')),
  ];
}

function section(heading: string, ...blocks: Block[]): Block[] {
  return [{ kind: 'heading', text: heading }, ...blocks];
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

function listOr(items: readonly string[], none: string): Block {
  return items.length === 0 ? paragraph(none) : { kind: 'list', items };
}

function summaryOf({ totals, changes }: ReportContent): string {
  const of = ({ now, before }: { now: number; before: number }) => `${now} (before: ${before})`;
  const counted = `${of(totals.answers)} answers, ${of(totals.feedback)} feedback, ${of(totals.comments)} comments, ${of(totals.tokens)} tokens.`;
  const worse = changes.filter(({ verdict }) => verdict === 'worse');
  const better = changes.filter(({ verdict }) => verdict === 'better');
  const names = (some: ReportContent['changes']) => some.map(({ metric }) => metricWords[metric]).join(', ');
  if (worse.length + better.length > 0) {
    const parts = [
      ...(worse.length > 0 ? [`Worse: ${names(worse)}.`] : []),
      ...(better.length > 0 ? [`Better: ${names(better)}.`] : []),
    ];
    return `${counted} ${parts.join(' ')}`;
  }
  const known = changes.some(({ verdict }) => verdict !== 'not_enough_data');
  return `${counted} ${known ? 'Nothing is surely better or worse than before.' : 'Not enough data to say what changed.'}`;
}

function actionLine({ why, done }: Report['actions'][number]): string {
  return done === null ? actionWords(why) : `${actionWords(why)} Done by ${done.by}.`;
}

function changesTable({ changes }: ReportContent): Block {
  return {
    kind: 'table',
    head: ['', 'now', 'before', 'difference', ''],
    rows: changes.map((change) => [
      metricWords[change.metric],
      estimateWords(change.metric, change.now),
      estimateWords(change.metric, change.before),
      changeWords(change),
      verdictWords[change.verdict],
    ]),
  };
}

function modelLines({ models: { registered, ramps, experiments } }: ReportContent): string[] {
  return [
    ...registered.map(({ model_id, kind }) => `${model_id} was registered (${kind}).`),
    ...ramps.map(
      ({ model_id, state, reason }) =>
        `Deployment of ${model_id}: ${state.replaceAll('_', ' ')}${reason === null ? '' : ` (${reason})`}.`,
    ),
    ...experiments.map(({ name, status, winner, reason, verdict, satisfaction }) => {
      const seen = satisfaction === null ? '' : `; satisfaction ${estimateWords('thumbs', satisfaction)}`;
      const stands = winner === null ? `says ${verdict ?? 'nothing yet'}` : `winner ${winner}`;
      return `Experiment "${name}" (${status}): ${stands}${reason === null ? '' : `, ${reason}`}${seen}.`;
    }),
  ];
}

function topics(heading: string, part: ReportContent['questions'], what: string): Block[] {
  const found = part.topics.flatMap((topic): Block[] => [
    paragraph(topicWords(topic)),
    { kind: 'quotes', items: topic.examples.map(({ text }) => text) },
  ]);
  const about = `Of the newest ${part.looked_at} ${what}.`;
  const none = `${about} Not enough are alike to say what they are about.`;
  return section(heading, paragraph(found.length === 0 ? none : about), ...found);
}

function peopleLines({ people: { active, new: fresh, returning } }: ReportContent): string[] {
  if (active.now === 0) return [];
  return [
    `Active: ${active.now} (before: ${active.before}). New: ${fresh.now} (before: ${fresh.before}).`,
    `Returning: ${estimateWords('thumbs', returning)}.`,
  ];
}

function driftLines({ drift }: ReportContent): string[] {
  return drift.map(({ model_id, index, verdict }) => {
    if (verdict === 'not_enough_data') return `${model_id}: not enough data.`;
    return `${model_id}: ${verdict}, stability index ${estimateWords('rating', index)}.`;
  });
}

function agreementLines({ agreement }: ReportContent): string[] {
  return agreement.map(({ project, question, alpha }) => {
    const figure = alpha.enough ? `alpha ${estimateWords('rating', alpha)}` : 'not enough data';
    return `${project}, "${question}": ${figure}.`;
  });
}

function trainingLines({ training: { runs, cost } }: ReportContent): string[] {
  if (runs.length === 0) return [];
  return [
    ...runs.map(({ model_name, recipe, status, model_id, cost: price }) => {
      const made = model_id === null ? '' : ` → ${model_id}`;
      return `${model_name} (${recipe}): ${status}${made}${price === null ? '' : `, ${price.toFixed(2)}`}.`;
    }),
    `Cost: ${cost.now.toFixed(2)} (before: ${cost.before.toFixed(2)}).`,
  ];
}
