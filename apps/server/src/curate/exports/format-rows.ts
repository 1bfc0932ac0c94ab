import type { ExportFormat } from '@attune/contracts';
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
  trlKto,
  trlKtoRules,
  trlPreference,
  trlPreferenceRules,
  trlStepwise,
  trlStepwiseRules,
} from '@attune/core';
import type { SnapshotRows } from '../datasets/snapshot.ts';
import { judgedAnswers } from './judged-answers.ts';
import { targetAnswers } from './target-answers.ts';

/** Rows of a file of JSON Lines, and the documented rules they break. */
export interface FormatRows {
  readonly lines: object[];
  readonly findings: FormatFinding[];
}

/** By feedback, under what name its author leaves: a pseudonym where personal data is masked. */
export type Authors = ReadonlyMap<string, string>;

type LineFormat = Exclude<ExportFormat, 'parquet'>;
type Writer = (rows: SnapshotRows, authors: Authors) => FormatRows;

/** Rows with the rules of their format. */
function ruled<Row extends object>(rules: readonly FormatRule<Row>[], lines: Row[]): FormatRows {
  return { lines, findings: brokenRules(rules, lines) };
}

const writers: Record<LineFormat, Writer> = {
  trl_preference: ({ pairs }) =>
    ruled(
      trlPreferenceRules,
      pairs.map((pair) => trlPreference({ ...pair, prompt: pair.query })),
    ),
  trl_kto: (rows) => ruled(trlKtoRules, judgedAnswers(rows).map(trlKto)),
  trl_stepwise: ({ steps }) =>
    ruled(
      trlStepwiseRules,
      steps.map((row) =>
        trlStepwise({
          prompt: row.query,
          steps: row.steps.map(({ text, label }) => ({ text, correct: label })),
        }),
      ),
    ),
  openai_chat: (rows) => ruled(openaiChatRules, targetAnswers(rows).map(openaiChat)),
  openai_preference: ({ pairs }) =>
    ruled(
      openaiPreferenceRules,
      pairs.map((pair) => openaiPreference({ ...pair, prompt: pair.query })),
    ),
  anthropic_text: (rows) => ruled(anthropicRules, targetAnswers(rows).map(anthropicText)),
  bedrock_conversation: (rows) => ruled(bedrockRules, targetAnswers(rows).map(bedrockConversation)),
  ratings: ({ ratings }, authors) => ({
    lines: ratings.map((row) => ({
      user_prompt: row.query,
      ai_response: row.response,
      rating: row.rating,
      feedback_comment: row.comment ?? null,
      user_id: authors.get(row.feedback_id) ?? null,
    })),
    findings: [],
  }),
};

/** The rows of a data set in a format of JSON Lines; rows that the format has no place for are left out. */
export function formatRows(format: LineFormat, rows: SnapshotRows, authors: Authors): FormatRows {
  return writers[format](rows, authors);
}

/** The rows that a format is made from. */
export function rowsFor(format: ExportFormat, { ratings, pairs, steps }: SnapshotRows): SnapshotRows {
  switch (format) {
    case 'parquet':
      return { ratings, pairs, steps };
    case 'ratings':
      return { ratings, pairs: [], steps: [] };
    case 'trl_stepwise':
      return { ratings: [], pairs: [], steps };
    case 'trl_preference':
    case 'openai_preference':
      return { ratings: [], pairs, steps: [] };
    case 'trl_kto':
    case 'openai_chat':
    case 'anthropic_text':
    case 'bedrock_conversation':
      return { ratings, pairs: pairs.filter(({ method }) => method === 'correction'), steps: [] };
  }
}
