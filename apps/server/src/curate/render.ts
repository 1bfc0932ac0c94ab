import type { ExportFormat } from '@attune/contracts';
import {
  anthropicText,
  bedrockConversation,
  openaiChat,
  openaiPreference,
  trlKto,
  trlPreference,
} from '@attune/core';
import { judgedAnswers } from './judged-answers.ts';
import { writeParquet } from './parquet.ts';
import type { Rendered } from './render-in-worker.ts';
import type { SnapshotRows } from './snapshot.ts';
import { targetAnswers } from './target-answers.ts';

/** Writes the rows of a data set in a training format; rows that the format has no place for are left out. */
export function render(format: ExportFormat, rows: SnapshotRows): Rendered {
  if (format === 'parquet') {
    return { bytes: writeParquet(rows), rows: rows.ratings.length + rows.pairs.length };
  }
  const lines = linesOf[format](rows).map((line) => `${JSON.stringify(line)}\n`);
  return { bytes: new TextEncoder().encode(lines.join('')), rows: lines.length };
}

const linesOf: Record<Exclude<ExportFormat, 'parquet'>, (rows: SnapshotRows) => object[]> = {
  trl_preference: ({ pairs }) => pairs.map((pair) => trlPreference({ ...pair, prompt: pair.query })),
  trl_kto: (rows) => judgedAnswers(rows).map(trlKto),
  openai_chat: (rows) => targetAnswers(rows).map(openaiChat),
  openai_preference: ({ pairs }) => pairs.map((pair) => openaiPreference({ ...pair, prompt: pair.query })),
  anthropic_text: (rows) => targetAnswers(rows).map(anthropicText),
  bedrock_conversation: (rows) => targetAnswers(rows).map(bedrockConversation),
  ratings: ({ ratings }) =>
    ratings.map((row) => ({
      user_prompt: row.query,
      ai_response: row.response,
      rating: row.rating,
      feedback_comment: row.comment ?? null,
    })),
};
