import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { silentLog } from '../../platform/log.ts';
import { answered, written } from '../testing/answered-question.ts';
import { exportedMetrics } from './exported-metrics.ts';
import { type Metrics, openMetrics } from './metrics.ts';
import type { Scraped } from './scraped-metrics.ts';

const nothing: Scraped = {
  ratingTotals: async () => [],
  firingAlerts: async () => [],
  queueDepths: async () => ({}),
  scoringLoad: () => ({ waiting: 0, origins: { memory: 0, shared: 0, made: 0 } }),
  trainingCost: async () => 0,
};

function open(scraped: Partial<Scraped> = {}): Metrics {
  const prices = new Map([['gpt', { input: 2.5, output: 10 }]]);
  return openMetrics({ ...nothing, ...scraped }, prices, silentLog);
}

/** The samples whose name begins so. */
async function samples(metrics: Metrics, name: string): Promise<string[]> {
  return (await metrics.text()).split('\n').filter((line) => line.startsWith(name));
}

const given = {
  id: '1',
  organization: 'o',
  responseId: null,
  rewardModel: null,
  source: 'user',
  rating: null,
  thumbs: null,
  safetyReported: false,
} as const;

describe('metrics', () => {
  test('are those of the table, with its labels', async () => {
    const text = await open().text();
    for (const [name, { type, help }] of Object.entries(exportedMetrics)) {
      assert.ok(text.includes(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`), name);
    }
    const own = text.match(/^# TYPE attune_\S+/gm) ?? [];
    assert.equal(own.length, Object.keys(exportedMetrics).length);
  });

  test('count answers by their end, and time them', async () => {
    const metrics = open();
    metrics.answered(answered);
    const failed = { ...answered, status: 'failed', rewardModel: null, scoringMs: null, stages: [] } as const;
    metrics.answered({ ...failed, reward: null, reasons: ['upstream_timeout'] });
    assert.deepEqual(await samples(metrics, 'attune_answers_total'), [
      'attune_answers_total{status="delivered",reward_model="reward@1.0.0",policy="gpt"} 1',
      'attune_answers_total{status="failed",reward_model="none",policy="gpt"} 1',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_answer_errors_total'), [
      'attune_answer_errors_total{code="upstream_timeout"} 1',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_scoring_duration_seconds_count'), [
      'attune_scoring_duration_seconds_count{reward_model="reward@1.0.0"} 1',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_answer_duration_seconds_bucket{le="0.05",status="del'), [
      'attune_answer_duration_seconds_bucket{le="0.05",status="delivered"} 1',
    ]);
  });

  test('count fallbacks by what was missing', async () => {
    const metrics = open();
    metrics.answered({ ...answered, reasons: ['candidates_failed', 'scoring_timeout'] });
    metrics.answered({ ...answered, failedChecks: ['below_threshold'] });
    assert.deepEqual(await samples(metrics, 'attune_answers_degraded_total'), [
      'attune_answers_degraded_total{reason="candidates_failed"} 1',
      'attune_answers_degraded_total{reason="scoring_timeout"} 1',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_answers_unpassed_total'), [
      'attune_answers_unpassed_total{reward_model="reward@1.0.0"} 1',
    ]);
  });

  test('count what candidates took, in time, tokens and money', async () => {
    const metrics = open();
    const failed = { ...written, inputTokens: null, outputTokens: null, error: 'upstream_timeout' };
    metrics.answered({ ...answered, stages: [written, failed] });
    metrics.answered({ ...answered, policy: 'unpriced', stages: [written] });
    assert.deepEqual(await samples(metrics, 'attune_tokens_total{policy="gpt"'), [
      'attune_tokens_total{policy="gpt",direction="input"} 100',
      'attune_tokens_total{policy="gpt",direction="output"} 20',
    ]);
    // 100 at 2.5 and 20 at 10 a million.
    assert.deepEqual(await samples(metrics, 'attune_answer_cost'), [
      'attune_answer_cost_total{policy="gpt"} 0.00045',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_candidate_errors_total'), [
      'attune_candidate_errors_total{policy="gpt",code="upstream_timeout"} 1',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_generation_duration_seconds_count{policy="gpt"'), [
      'attune_generation_duration_seconds_count{policy="gpt",outcome="written"} 1',
      'attune_generation_duration_seconds_count{policy="gpt",outcome="failed"} 1',
    ]);
  });

  test('show how rewards and ratings are distributed', async () => {
    const metrics = open();
    metrics.answered(answered);
    metrics.feedbackGiven({ ...given, type: 'rating', rating: 4, isNew: true });
    metrics.feedbackGiven({ ...given, type: 'rating', rating: 5, isNew: false });
    assert.deepEqual(await samples(metrics, 'attune_reward_score_bucket{le="0.7"'), [
      'attune_reward_score_bucket{le="0.7",reward_model="reward@1.0.0"} 0',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_reward_score_bucket{le="0.8"'), [
      'attune_reward_score_bucket{le="0.8",reward_model="reward@1.0.0"} 1',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_rating_stars_sum'), [
      'attune_rating_stars_sum{reward_model="none"} 4',
    ]);
  });

  test('count feedback and rollbacks', async () => {
    const metrics = open();
    metrics.feedbackGiven({ ...given, type: 'thumbs_up', isNew: true });
    metrics.feedbackGiven({ ...given, type: 'thumbs_up', isNew: false });
    metrics.rolledBack();
    assert.deepEqual(await samples(metrics, 'attune_feedback_total'), [
      'attune_feedback_total{type="thumbs_up",source="user",reward_model="none",replaced="false"} 1',
      'attune_feedback_total{type="thumbs_up",source="user",reward_model="none",replaced="true"} 1',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_rollbacks'), ['attune_rollbacks_total 1']);
  });

  test('show what is read on scraping, and forget what is gone', async () => {
    let kinds = [{ kind: 'average_rating', count: 2 }];
    const metrics = open({
      ratingTotals: async () => [{ rewardModel: 'reward@1.0.0', ratings: 4, ratingSum: 14 }],
      firingAlerts: async () => kinds,
      queueDepths: async () => ({ 'learn.train': 3 }),
      scoringLoad: () => ({ waiting: 7, origins: { memory: 5, shared: 0, made: 2 } }),
      trainingCost: async () => 12.5,
    });
    assert.deepEqual(await samples(metrics, 'attune_average_rating'), [
      'attune_average_rating{reward_model="reward@1.0.0"} 3.5',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_queue'), ['attune_queue_depth{queue="learn.train"} 3']);
    assert.deepEqual(await samples(metrics, 'attune_training'), ['attune_training_cost 12.5']);
    assert.deepEqual(await samples(metrics, 'attune_alerts'), [
      'attune_alerts_firing{kind="average_rating"} 2',
    ]);
    kinds = [];
    assert.deepEqual(await samples(metrics, 'attune_alerts'), []);
    // Read a third time: what is counted elsewhere is not added up here.
    assert.deepEqual(await samples(metrics, 'attune_sco'), [
      'attune_scores_total{origin="memory"} 5',
      'attune_scores_total{origin="shared"} 0',
      'attune_scores_total{origin="made"} 2',
      'attune_scoring_waiting 7',
    ]);
  });

  test('are still there when a source is away, without what it would say', async () => {
    const away = () => Promise.reject(new Error('no database'));
    const metrics = open({ ratingTotals: away, firingAlerts: away, queueDepths: away, trainingCost: away });
    metrics.rolledBack();
    assert.deepEqual(await samples(metrics, 'attune_rollbacks'), ['attune_rollbacks_total 1']);
    assert.deepEqual(await samples(metrics, 'attune_training_cost'), []);
    assert.ok((await samples(metrics, 'process_resident_memory_bytes')).length > 0);
  });

  test('do not grow with the names that callers choose', async () => {
    const metrics = open();
    for (let n = 0; n < 1000; n++)
      metrics.answered({ ...answered, rewardModel: null, policy: `policy-${n}` });
    const lines = await samples(metrics, 'attune_answers_total');
    assert.equal(lines.length, 101);
    assert.match(lines.at(-1) ?? '', /policy="other"} 900$/);
    const timed = await samples(metrics, 'attune_generation_duration_seconds_count');
    assert.equal(timed.length, 21);
  });
});
