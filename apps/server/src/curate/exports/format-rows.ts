import type { ExportFormat, SnapshotSteps } from '@attune/contracts';
import {
  anthropicRules,
  anthropicText,
  bedrockConversation,
  bedrockRules,
  brokenRules,
  type FormatFinding,
  type FormatRule,
  openaiChat,
  openaiChatRules,
  openaiPreference,
  openaiPreferenceRules,
  type Prompt,
  trlKto,
  trlKtoRules,
  trlPreference,
  trlPreferenceRules,
  trlStepwise,
  trlStepwiseRules,
  turnsInContext,
  withContext,
} from '@attune/core';
import type { SnapshotRows } from '../datasets/snapshot.ts';
import { type JudgedAnswer, judgedAnswers } from './judged-answers.ts';
import { targetAnswers } from './target-answers.ts';

/** Rows of a file of JSON Lines, and the documented rules they break. */
export interface FormatRows {
  readonly lines: object[];
  readonly findings: FormatFinding[];
}

/** What is written, before it has the shape of its format: nothing else is looked through for personal data. */
export interface WrittenRows extends SnapshotRows {
  readonly answers: readonly JudgedAnswer[];
}

/** By feedback, under what name its author leaves: a pseudonym where personal data is masked. */
export type Authors = ReadonlyMap<string, string>;

type LineFormat = Exclude<ExportFormat, 'parquet'>;
type Writer = (rows: WrittenRows, authors: Authors) => FormatRows;

/** Rows with the rules of their format. */
function ruled<Row extends object>(rules: readonly FormatRule<Row>[], lines: Row[]): FormatRows {
  return { lines, findings: brokenRules(rules, lines) };
}

/**
 * The turns before an answer. They begin with the user, as formats ask for: an answer whose question was cut off is left
 * out. A context that is no conversation, as one from a file may be, stands before the question in the same message, as
 * the trainer reads it.
 */
function promptOf({ query, context }: { query: string; context?: string | undefined }): Prompt {
  const turns = turnsInContext(context ?? '');
  if (turns === null) return withContext(context, query);
  const whole = turns[0]?.role === 'assistant' ? turns.slice(1) : turns;
  return [...whole, { role: 'user', content: query }];
}

function asked({
  prompt,
  context,
  ...answer
}: JudgedAnswer): Omit<JudgedAnswer, 'prompt'> & { prompt: Prompt } {
  return { ...answer, prompt: promptOf({ query: prompt, context }) };
}

const writers: Record<LineFormat, Writer> = {
  trl_preference: ({ pairs }) =>
    ruled(
      trlPreferenceRules,
      pairs.map((pair) => trlPreference({ ...pair, prompt: promptOf(pair) })),
    ),
  trl_kto: ({ answers }) => ruled(trlKtoRules, answers.map(asked).map(trlKto)),
  trl_stepwise: ({ steps }) =>
    ruled(
      trlStepwiseRules,
      steps.map((row) =>
        trlStepwise({
          prompt: withContext(row.context, row.query),
          steps: row.steps.map(({ text, label }) => ({ text, correct: label })),
        }),
      ),
    ),
  openai_chat: ({ answers }) => ruled(openaiChatRules, answers.map(asked).map(openaiChat)),
  openai_preference: ({ pairs }) =>
    ruled(
      openaiPreferenceRules,
      pairs.map((pair) => openaiPreference({ ...pair, prompt: promptOf(pair) })),
    ),
  anthropic_text: ({ answers }) => ruled(anthropicRules, answers.map(asked).map(anthropicText)),
  bedrock_conversation: ({ answers }) => ruled(bedrockRules, answers.map(asked).map(bedrockConversation)),
  ratings: ({ ratings }, authors) => ({
    lines: ratings.map((row) => ({
      user_prompt: row.query,
      ...(row.context !== undefined && { context: row.context }),
      ai_response: row.response,
      rating: row.rating,
      feedback_comment: row.comment ?? null,
      user_id: authors.get(row.feedback_id) ?? null,
    })),
    findings: [],
  }),
};

/** Rows in a format of JSON Lines. */
export function formatRows(format: LineFormat, rows: WrittenRows, authors: Authors): FormatRows {
  return writers[format](rows, authors);
}

const none: WrittenRows = { ratings: [], pairs: [], steps: [], answers: [] };

/** What a format has a place for. */
export function rowsFor(format: ExportFormat, rows: SnapshotRows): WrittenRows {
  switch (format) {
    case 'parquet':
      return { ...rows, steps: rows.steps.map(withoutComments), answers: [] };
    case 'ratings':
      return { ...none, ratings: rows.ratings };
    case 'trl_stepwise':
      return { ...none, steps: rows.steps.map(withoutComments) };
    case 'trl_preference':
    case 'openai_preference':
      return { ...none, pairs: rows.pairs };
    case 'trl_kto':
      return { ...none, answers: judgedAnswers(rows) };
    case 'openai_chat':
    case 'anthropic_text':
    case 'bedrock_conversation':
      return { ...none, answers: targetAnswers(rows) };
  }
}

function withoutComments({ steps, ...row }: SnapshotSteps): SnapshotSteps {
  return { ...row, steps: steps.map(({ text, label }) => ({ text, label })) };
}
