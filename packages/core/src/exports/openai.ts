import { answerTurn, type Prompt, type Turn, turnsOf } from './turn.ts';

/** A row of OpenAI's supervised fine-tuning file for chat models (OpenAI API, "Supervised fine-tuning"). */
export function openaiChat(row: { prompt: Prompt; completion: string }): { messages: Turn[] } {
  return { messages: [...turnsOf(row.prompt), answerTurn(row.completion)] };
}

/** A row of OpenAI's preference fine-tuning file (OpenAI API, "Direct preference optimization"). */
export function openaiPreference(row: { prompt: Prompt; chosen: string; rejected: string }): {
  input: { messages: Turn[]; tools: []; parallel_tool_calls: true };
  preferred_output: Turn[];
  non_preferred_output: Turn[];
} {
  return {
    input: { messages: turnsOf(row.prompt), tools: [], parallel_tool_calls: true },
    preferred_output: [answerTurn(row.chosen)],
    non_preferred_output: [answerTurn(row.rejected)],
  };
}
