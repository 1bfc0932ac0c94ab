/** What a report knows of the state of things, as far as it leads to something that can be done. */
export interface ReportState {
  /** Ratings of people that were approved and are in no data set yet. */
  readonly newRatings: number;
  /** Rules of retraining that could run now, the newest first. */
  readonly rules: readonly { readonly id: string; readonly name: string }[];
  /** Whether there are rules at all. */
  readonly hasRules: boolean;
  /** Logged answers with two candidates that people could compare. */
  readonly openPairs: number;
  /** Where compared answers could go; null where no project of the kind is open. */
  readonly judging: { readonly id: string; readonly name: string } | null;
  readonly experiments: readonly {
    readonly id: string;
    readonly name: string;
    readonly verdict: string | null;
  }[];
  /** Models that wait as `testing` and were never measured for the gates, the newest first. */
  readonly unmeasured: readonly string[];
  /** The model that got traffic in the period, and can be taken from it again. */
  readonly rampedUp: string | null;
  /** Whether what people say of answers is surely worse than before. */
  readonly gotWorse: boolean;
  /** What people ask about, by how much of it they dislike. */
  readonly topics: readonly {
    readonly words: readonly string[];
    readonly reactions: number;
    /** Lower end of the interval of the share of negative reactions. */
    readonly surelyNegative: number;
  }[];
}

/** Something worth doing, and the figures why. */
export type ProposedAction =
  | { readonly kind: 'roll_back'; readonly model: string }
  | { readonly kind: 'end_experiment'; readonly id: string; readonly name: string; readonly verdict: string }
  | { readonly kind: 'promote_experiment'; readonly id: string; readonly name: string }
  | { readonly kind: 'retrain'; readonly id: string; readonly name: string; readonly ratings: number }
  | { readonly kind: 'add_rule'; readonly ratings: number }
  | { readonly kind: 'measure_gates'; readonly model: string }
  | { readonly kind: 'judge_pairs'; readonly id: string; readonly name: string; readonly pairs: number }
  | { readonly kind: 'open_judging'; readonly pairs: number }
  | { readonly kind: 'review_topic'; readonly words: readonly string[]; readonly reactions: number };

/** Fewer new ratings make no model better. */
const ENOUGH_RATINGS = 100;
/** Fewer pairs are not worth a round of judging; more is more than a week's work. */
const [FEWEST_PAIRS, MOST_PAIRS] = [20, 200];
/** A topic that most people surely dislike. */
const MOSTLY_NEGATIVE = 0.4;
const MOST_TOPICS = 2;

/** What a report proposes, the most urgent first: undo harm, settle what is decided, learn, look closer. */
export function proposeActions(state: ReportState): ProposedAction[] {
  return [
    ...rollBack(state),
    ...settle(state),
    ...learn(state),
    ...state.unmeasured.slice(0, 1).map((model) => ({ kind: 'measure_gates' as const, model })),
    ...judge(state),
    ...state.topics
      .filter(({ surelyNegative, words }) => surelyNegative >= MOSTLY_NEGATIVE && words.length > 0)
      .slice(0, MOST_TOPICS)
      .map(({ words, reactions }) => ({ kind: 'review_topic' as const, words, reactions })),
  ];
}

function rollBack({ rampedUp: model, gotWorse }: ReportState): ProposedAction[] {
  return model === null || !gotWorse ? [] : [{ kind: 'roll_back', model }];
}

function settle({ experiments }: ReportState): ProposedAction[] {
  return experiments.flatMap(({ id, name, verdict }): ProposedAction[] => {
    if (verdict === 'deploy') return [{ kind: 'promote_experiment', id, name }];
    return verdict === 'keep' || verdict === 'stop' ? [{ kind: 'end_experiment', id, name, verdict }] : [];
  });
}

function learn({ newRatings: ratings, rules, hasRules }: ReportState): ProposedAction[] {
  if (ratings < ENOUGH_RATINGS) return [];
  const [rule] = rules;
  if (rule !== undefined) return [{ kind: 'retrain', ...rule, ratings }];
  return hasRules ? [] : [{ kind: 'add_rule', ratings }];
}

function judge({ openPairs, judging }: ReportState): ProposedAction[] {
  if (openPairs < FEWEST_PAIRS) return [];
  const pairs = Math.min(openPairs, MOST_PAIRS);
  return [judging === null ? { kind: 'open_judging', pairs } : { kind: 'judge_pairs', ...judging, pairs }];
}
