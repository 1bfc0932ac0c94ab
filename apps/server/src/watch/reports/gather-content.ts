import type { ReportContent } from '@attune/contracts';
import { type ReportSpan, wilson } from '@attune/core';
import { dailyActivity } from '../daily-activity.ts';
import { shown } from '../shown-estimate.ts';
import type { Sql } from '../sql.ts';
import { changesOf, type PeriodFigures } from './changes.ts';
import { driftOf } from './drift.ts';
import type { ModelFacts, ReportSources, Span, TrainingFacts } from './report-sources.ts';
import { MOST_TEXTS, topicsOf } from './text-topics.ts';

/** What a report says, and what of it can be acted upon. */
export interface Gathered {
  readonly content: ReportContent;
  readonly models: ModelFacts;
}

/** Reads what happened in a period and in the one before. @throws AttuneError `scoring_unavailable`, `overloaded` */
export async function gatherContent(
  sql: Sql,
  sources: ReportSources,
  organization: string,
  period: ReportSpan,
): Promise<Gathered> {
  const span = { organization, from: period.from, to: period.to };
  const past = { organization, from: period.before, to: period.from };
  const [now, before] = [await figuresOf(sql, sources, span), await figuresOf(sql, sources, past)];
  const models = await sources.models(span);
  const [training, costBefore] = [await sources.training(span), (await sources.training(past)).cost];
  const agreement = await sources.agreement(span);
  const content: ReportContent = {
    totals: totalsOf(now, before),
    changes: changesOf(now, before),
    people: peopleOf(now, before),
    models: modelsView(models),
    questions: await topicsIn(sources, span, 'questions'),
    comments: await topicsIn(sources, span, 'comments'),
    drift: await driftOf(sources, span, past),
    agreement: agreement.map(({ projectId, ...rest }) => ({ project_id: projectId, ...rest })),
    training: trainingView(training, costBefore),
  };
  return { content, models };
}

async function figuresOf(sql: Sql, sources: ReportSources, span: Span): Promise<PeriodFigures> {
  const days = await dailyActivity(sql, span.organization, dayOf(span.from));
  const within = days.filter(({ day }) => day < dayOf(span.to));
  const sum = (field: 'answers' | 'reached') => within.reduce((total, day) => total + day[field], 0);
  // Somebody may have rated an answer that was cut off and does not count as delivered.
  const coverage = { successes: Math.min(sum('reached'), sum('answers')), n: sum('answers') };
  return { answers: await sources.answers(span), feedback: await sources.feedback(span), coverage };
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function totalsOf(now: PeriodFigures, before: PeriodFigures): ReportContent['totals'] {
  const both = (figure: (figures: PeriodFigures) => number) => ({ now: figure(now), before: figure(before) });
  return {
    answers: both(({ answers }) => answers.answers),
    feedback: both(({ feedback }) => feedback.feedback),
    comments: both(({ feedback }) => feedback.comments),
    tokens: both(({ answers }) => answers.tokens),
  };
}

function peopleOf(
  { answers: now }: PeriodFigures,
  { answers: before }: PeriodFigures,
): ReportContent['people'] {
  return {
    active: { now: now.users, before: before.users },
    new: { now: now.newUsers, before: before.newUsers },
    returning: shown(wilson(now.users - now.newUsers, now.users)),
  };
}

async function topicsIn(
  sources: ReportSources,
  span: Span,
  what: 'questions' | 'comments',
): Promise<ReportContent['questions']> {
  const said = await sources.said(span, what, MOST_TEXTS);
  const texts = said.map(({ id, query, comment, positive }) => ({
    id,
    text: what === 'comments' ? comment : query,
    positive,
  }));
  return await topicsOf(texts, (all) => sources.embed(all));
}

function modelsView({ registered, ramps, experiments }: ModelFacts): ReportContent['models'] {
  return {
    registered: registered.map(({ modelId, kind, at }) => ({
      model_id: modelId,
      kind,
      at: at.toISOString(),
    })),
    ramps: ramps.map(({ modelId, state, reason, beganAt, endedAt }) => ({
      model_id: modelId,
      state,
      reason,
      began_at: beganAt.toISOString(),
      ended_at: endedAt?.toISOString() ?? null,
    })),
    experiments: [...experiments],
  };
}

function trainingView({ runs, cost }: TrainingFacts, before: number): ReportContent['training'] {
  return {
    runs: runs.map(({ id, modelName, recipe, status, modelId, cost: price }) => ({
      id,
      model_name: modelName,
      recipe,
      status,
      model_id: modelId,
      cost: price,
    })),
    cost: { now: cost, before },
  };
}
