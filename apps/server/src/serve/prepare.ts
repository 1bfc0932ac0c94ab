import { AttuneError } from '@attune/contracts';
import type { Question } from './ask.ts';
import type { NumberedDraft } from './generate.ts';
import { numbered } from './generate.ts';
import type { Drafts } from './generator.ts';
import type { ChosenGenerator, Generators } from './generators.ts';
import type { LiveModel, LiveModels, ModelChoice, TrialArm } from './live-models.ts';
import { hasOtherThanText } from './message-text.ts';
import type { Policies, PolicyRun } from './policies.ts';

/** A question with everything that answering it needs. */
export interface Prepared {
  readonly question: Question;
  readonly policy: string;
  /** How the registered policy fares that the visitor was to get; null where there was none to choose. */
  readonly policyRun: PolicyRun | null;
  readonly drafts: readonly NumberedDraft[];
  /** Further drafts of the same kind, for a second round; null where asking again gives nothing new. */
  readonly again: ((signal: AbortSignal) => Promise<Drafts>) | null;
  /** Scores the candidates; null when there is none. */
  readonly rewardModel: LiveModel | null;
  /** The experiment that chose the reward model; null when none did. */
  readonly trial: TrialArm | null;
  /** When candidates must be there, of `performance.now()`. */
  readonly generationDeadline: number;
  /** When the answer must be there. */
  readonly deadline: number;
}

/** Time kept for scoring, as a share of the budget and in milliseconds at most. */
const SCORING_SHARE = 0.2;
const SCORING_RESERVE_MS = 250;
/** A policy that has not answered after this share of the budget has failed: another can still answer in time. */
const POLICY_SHARE = 0.5;

/**
 * Chooses who answers and who scores, and lays out the candidates.
 * @throws AttuneError `model_not_found`, `content_not_text`, `no_answer_available`, and what the upstream gives
 */
export async function prepare(
  question: Question,
  generators: Generators,
  policies: Policies,
  liveModels: LiveModels,
  signal: AbortSignal,
): Promise<Prepared> {
  const { generator, model, multimodal, run } = generatorFor(question, generators, policies, liveModels);
  if (!multimodal) refuseOtherThanText(question);
  const { model: rewardModel, trial } = await rewardModelFor(question, liveModels);
  const ask = {
    organization: question.organization,
    query: question.query,
    messages: question.messages,
    request: question.request,
    model,
    candidates: question.options.candidates,
  };
  const draft = (again: AbortSignal) => generator.draft(ask, again);
  const { drafts, policy, samples } = await draft(signal);
  if (drafts.length === 0) throw new AttuneError('no_answer_available', { param: 'messages' });
  const budget = question.options.latencyBudgetMs;
  const reserve = rewardModel === null ? 0 : Math.min(SCORING_RESERVE_MS, budget * SCORING_SHARE);
  const deadline = question.startedAt + budget;
  return {
    question,
    policy,
    policyRun: run,
    drafts: numbered(drafts),
    again: samples ? draft : null,
    rewardModel,
    trial,
    generationDeadline: deadline - reserve,
    deadline,
  };
}

/** Who asks for `attune` gets the policy that its traffic says; who names something else gets that. */
function generatorFor(
  question: Question,
  generators: Generators,
  policies: Policies,
  liveModels: LiveModels,
): ChosenGenerator & { readonly run: PolicyRun | null } {
  const standard = generators.named(question.model);
  const choice =
    question.model === 'attune' ? liveModels.choosePolicy(question.organization, question) : null;
  if (choice === null) return { ...standard, run: null };
  return policies.generatorFor(choice, standard, question.options.latencyBudgetMs * POLICY_SHARE);
}

/** The policy that answered: the one that was asked, or the one that stood in for it. */
export function answeredBy({ policy, policyRun }: Prepared): string {
  return policyRun?.stoodIn ?? policy;
}

/** What is said of an answer whose policy failed, however well it went in the end. */
export function policyFailure({ policyRun }: Pick<Prepared, 'policyRun'>): readonly 'policy_failed'[] {
  return policyRun?.stoodIn == null ? [] : ['policy_failed'];
}

function refuseOtherThanText({ messages, query }: Question): void {
  const asked = messages.findLast(({ role }) => role === 'user') ?? messages.at(-1);
  if (query.trim() !== '' && (asked === undefined || !hasOtherThanText(asked))) return;
  if (asked !== undefined && hasOtherThanText(asked)) {
    throw new AttuneError('content_not_text', { param: 'messages' });
  }
  throw new AttuneError('invalid_request', {
    param: 'messages',
    message: '`messages`: there is no question in them.',
  });
}

/** Answers that call tools are delivered as they are: there is nothing to score. */
async function rewardModelFor(question: Question, liveModels: LiveModels): Promise<ModelChoice> {
  const { organization, options } = question;
  if (question.tools) return { model: null, trial: null };
  if (options.rewardModel === undefined) return liveModels.chooseFor(organization, question);
  const named = await liveModels.find(organization, options.rewardModel);
  if (named !== null) return { model: named, trial: null };
  const message = `There is no reward model "${options.rewardModel}".`;
  throw new AttuneError('model_not_found', { param: 'attune.reward_model', message });
}
