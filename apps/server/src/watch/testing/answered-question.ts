import type { AnsweredQuestion, GenerationStage } from '../observers.ts';

/** A call that wrote a candidate. */
export const written: GenerationStage = {
  kind: 'generate',
  candidate: 'c1',
  method: 'temperature_0.7',
  startMs: 2,
  durationMs: 30,
  finishReason: 'stop',
  inputTokens: 100,
  outputTokens: 20,
  error: null,
};

/** A delivered answer of one candidate. */
export const answered: AnsweredQuestion = {
  organization: 'default',
  responseId: '01890000-0000-7000-8000-000000000000',
  askedAt: new Date('2026-01-01T00:00:00Z'),
  model: 'attune',
  sessionId: null,
  streamed: false,
  traceparent: null,
  messages: [{ role: 'user', content: 'Why?' }],
  text: 'Because.',
  rewardModel: 'reward@1.0.0',
  policy: 'gpt',
  status: 'delivered',
  reasons: [],
  reward: 0.75,
  failedChecks: [],
  latencyMs: 40,
  scoringMs: 8,
  candidates: 1,
  stages: [written, { kind: 'score', startMs: 32, durationMs: 8, candidates: 1, error: null }],
};
