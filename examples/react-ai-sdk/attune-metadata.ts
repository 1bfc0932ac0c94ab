import type { MetadataExtractor } from '@ai-sdk/openai-compatible';

/** Takes the `attune` object out of an answer; it comes with the last chunk of a stream. */
export const attuneMetadata: MetadataExtractor = {
  extractMetadata: async ({ parsedBody }) => metadataOf(attuneIn(parsedBody)),
  createStreamExtractor: () => {
    let attune: unknown;
    return {
      processChunk: (chunk) => {
        attune = attuneIn(chunk) ?? attune;
      },
      buildMetadata: () => metadataOf(attune),
    };
  },
};

function attuneIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'attune' in body ? body.attune : undefined;
}

function metadataOf(attune: unknown): { attune: Feedbackable } | undefined {
  return isFeedbackable(attune)
    ? { attune: { response_id: attune.response_id, feedback_token: attune.feedback_token } }
    : undefined;
}

/** What a browser needs to give feedback on an answer. */
export type Feedbackable = { response_id: string; feedback_token: string };

export function isFeedbackable(value: unknown): value is Feedbackable {
  return (
    typeof value === 'object' &&
    value !== null &&
    'response_id' in value &&
    typeof value.response_id === 'string' &&
    'feedback_token' in value &&
    typeof value.feedback_token === 'string'
  );
}
