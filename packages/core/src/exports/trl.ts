import { answerTurn, type Prompt, type Turn, turnsOf } from './turn.ts';

// Shapes of TRL's "Dataset formats and types" (huggingface.co/docs/trl/dataset_formats).

/** A preference row in conversational form, for DPO and reward trainers. */
export function trlPreference(row: { prompt: Prompt; chosen: string; rejected: string }): {
  prompt: Turn[];
  chosen: Turn[];
  rejected: Turn[];
} {
  return {
    prompt: turnsOf(row.prompt),
    chosen: [answerTurn(row.chosen)],
    rejected: [answerTurn(row.rejected)],
  };
}

/** A preference row as plain text; the question and the answers as they are. */
export function trlPlainPreference(row: { prompt: string; chosen: string; rejected: string }): {
  prompt: string;
  chosen: string;
  rejected: string;
} {
  return { prompt: row.prompt, chosen: row.chosen, rejected: row.rejected };
}

/** An unpaired preference row for KTO: one answer and whether it is good. */
export function trlKto(row: { prompt: Prompt; completion: string; label: boolean }): {
  prompt: Turn[];
  completion: Turn[];
  label: boolean;
} {
  return { prompt: turnsOf(row.prompt), completion: [answerTurn(row.completion)], label: row.label };
}

/** A stepwise supervision row for process reward models: the steps of an answer and whether each is right. */
export function trlStepwise(row: { prompt: string; steps: readonly { text: string; correct: boolean }[] }): {
  prompt: string;
  completions: string[];
  labels: boolean[];
} {
  return {
    prompt: row.prompt,
    completions: row.steps.map(({ text }) => text),
    labels: row.steps.map(({ correct }) => correct),
  };
}
