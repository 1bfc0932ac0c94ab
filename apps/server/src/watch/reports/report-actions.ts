import type { ReportAction, ReportCall, ReportMetric, ReportReason } from '@attune/contracts';
import { type ProposedAction, proposeActions, type ReportState } from '@attune/core';
import { newId } from '../../platform/ids.ts';
import type { Gathered } from './gather-content.ts';
import type { ReportSources, Span } from './report-sources.ts';

/** Counted no further: nothing depends on more. */
const MOST_COUNTED = 10_000;
const MOST_PAIRS = 300;
/** With so many more ratings a rule that a report proposes retrains. */
const RULE_RATINGS = 200;

/** What a report proposes, each with the one call that does it. */
export async function actionsFor(
  sources: ReportSources,
  span: Span,
  gathered: Gathered,
): Promise<ReportAction[]> {
  const worse = worseOf(gathered);
  const state = { ...(await stateOf(sources, span, gathered)), gotWorse: worse.length > 0 };
  return proposeActions(state).map((action) => ({ id: newId(), ...actionOf(action, worse, span.to) }));
}

/** What people say, which a model that got traffic can have made worse. */
const ofPeople: readonly ReportMetric[] = ['satisfaction', 'rating', 'thumbs', 'harm'];

function worseOf({ content }: Gathered): ReportMetric[] {
  return content.changes.flatMap(({ metric, verdict }) =>
    verdict === 'worse' && ofPeople.includes(metric) ? metric : [],
  );
}

async function stateOf(
  sources: ReportSources,
  span: Span,
  { content, models }: Gathered,
): Promise<Omit<ReportState, 'gotWorse'>> {
  const rules = await sources.rules(span.organization);
  return {
    newRatings: await sources.newRatings(span.organization, MOST_COUNTED),
    rules: rules.filter(({ free }) => free).map(({ id, name }) => ({ id, name })),
    hasRules: rules.length > 0,
    openPairs: await sources.openPairs(span, MOST_PAIRS),
    judging: await sources.openComparison(span.organization),
    experiments: models.experiments.filter(({ status }) => status === 'running'),
    unmeasured: models.unmeasured,
    rampedUp: models.rampedUp,
    topics: content.questions.topics.map(({ words, negative }) => ({
      words,
      reactions: negative.n,
      surelyNegative: negative.ci[0] ?? 0,
    })),
  };
}

/** Why, and what to call: core knows what is worth doing, this is where it is done. */
function actionOf(
  action: ProposedAction,
  worse: ReportMetric[],
  at: Date,
): { why: ReportReason; call: ReportCall } {
  const day = at.toISOString().slice(0, 10);
  switch (action.kind) {
    case 'roll_back':
      return {
        why: { kind: 'roll_back', model: action.model, worse },
        call: {
          endpoint: 'rollbackModel',
          params: { id: action.model },
          body: { reason: `by a report: ${worse.join(', ')} got worse` },
        },
      };
    case 'end_experiment':
      return {
        why: { kind: 'end_experiment', name: action.name, verdict: action.verdict },
        call: { endpoint: 'endExperiment', params: { id: action.id }, body: { reason: 'by a report' } },
      };
    case 'promote_experiment':
      return {
        why: { kind: 'promote_experiment', name: action.name },
        call: { endpoint: 'promoteExperiment', params: { id: action.id }, body: {} },
      };
    case 'retrain':
      return {
        why: { kind: 'retrain', name: action.name, ratings: action.ratings },
        call: { endpoint: 'runRetraining', params: { id: action.id } },
      };
    case 'add_rule':
      return {
        why: { kind: 'add_rule', ratings: action.ratings },
        call: {
          endpoint: 'createRetrainingRule',
          body: { name: `After ${RULE_RATINGS} ratings`, trigger: { ratings: RULE_RATINGS }, training: {} },
        },
      };
    case 'measure_gates':
      return {
        why: { kind: 'measure_gates', model: action.model },
        call: { endpoint: 'evaluateGates', params: { id: action.model } },
      };
    case 'judge_pairs':
      return {
        why: { kind: 'judge_pairs', name: action.name, pairs: action.pairs },
        call: {
          endpoint: 'addJudgingItems',
          params: { id: action.id },
          body: { from: 'answers', limit: action.pairs },
        },
      };
    case 'open_judging':
      return {
        why: { kind: 'open_judging', pairs: action.pairs },
        call: {
          endpoint: 'createJudgingProject',
          body: { name: `Answers up to ${day}`, judges_per_item: 2, questions: [better] },
        },
      };
    case 'review_topic':
      return {
        why: { kind: 'review_topic', words: [...action.words], reactions: action.reactions },
        call: {
          endpoint: 'createReviewView',
          body: {
            name: action.words.join(', ').slice(0, 100),
            filter: { status: 'pending', semantic: action.words.join(' ') },
            order: 'newest',
            shared: true,
          },
        },
      };
  }
}

const better = {
  id: 'better',
  kind: 'pairwise',
  title: 'Which response is better?',
  required: true,
  strength_levels: 3,
  allow_tie: true,
  allow_both_bad: true,
} as const;
