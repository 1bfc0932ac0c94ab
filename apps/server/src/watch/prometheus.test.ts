import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { silentLog } from '../platform/log.ts';
import type { AnsweredQuestion } from './observers.ts';
import { openMetrics, type Scraped } from './prometheus.ts';

const nothing: Scraped = {
  ratingTotals: async () => [],
  firingAlerts: async () => [],
  queueDepths: async () => ({}),
};

const answer: AnsweredQuestion = {
  organization: 'default',
  rewardModel: 'reward@1.0.0',
  status: 'delivered',
  degraded: false,
  latencyMs: 40,
  scoringMs: 8,
  candidates: 3,
  policy: 'documents',
};

/** The samples whose name begins so, without the process's own. */
async function samples(metrics: { text(): Promise<string> }, name: string): Promise<string[]> {
  return (await metrics.text()).split('\n').filter((line) => line.startsWith(name));
}

describe('metrics', () => {
  test('count answers by their end, and time them', async () => {
    const metrics = openMetrics(nothing, silentLog);
    metrics.answered(answer);
    metrics.answered({ ...answer, status: 'failed', rewardModel: null, scoringMs: null, degraded: true });
    assert.deepEqual(await samples(metrics, 'attune_answers'), [
      'attune_answers_total{status="delivered",reward_model="reward@1.0.0",policy="documents"} 1',
      'attune_answers_total{status="failed",reward_model="none",policy="documents"} 1',
      'attune_answers_degraded_total 1',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_scoring_duration_seconds_count'), [
      'attune_scoring_duration_seconds_count 1',
    ]);
    assert.deepEqual(
      await samples(metrics, 'attune_answer_duration_seconds_bucket{le="0.05",status="delivered"}'),
      ['attune_answer_duration_seconds_bucket{le="0.05",status="delivered"} 1'],
    );
  });

  test('count feedback and rollbacks', async () => {
    const metrics = openMetrics(nothing, silentLog);
    const given = {
      id: '1',
      organization: 'o',
      rewardModel: null,
      source: 'user',
      safetyReported: false,
    } as const;
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
    const metrics = openMetrics(
      {
        ratingTotals: async () => [{ rewardModel: 'reward@1.0.0', ratings: 4, ratingSum: 14 }],
        firingAlerts: async () => kinds,
        queueDepths: async () => ({ 'learn.train': 3 }),
      },
      silentLog,
    );
    assert.deepEqual(await samples(metrics, 'attune_average_rating'), [
      'attune_average_rating{reward_model="reward@1.0.0"} 3.5',
    ]);
    assert.deepEqual(await samples(metrics, 'attune_queue'), ['attune_queue_depth{queue="learn.train"} 3']);
    assert.deepEqual(await samples(metrics, 'attune_alerts'), [
      'attune_alerts_firing{kind="average_rating"} 2',
    ]);
    kinds = [];
    assert.deepEqual(await samples(metrics, 'attune_alerts'), []);
  });

  test('are still there when a source is away', async () => {
    const away = () => Promise.reject(new Error('no database'));
    const metrics = openMetrics({ ratingTotals: away, firingAlerts: away, queueDepths: away }, silentLog);
    metrics.rolledBack();
    assert.deepEqual(await samples(metrics, 'attune_rollbacks'), ['attune_rollbacks_total 1']);
    assert.ok((await samples(metrics, 'process_resident_memory_bytes')).length > 0);
  });

  test('do not grow with the names that callers choose', async () => {
    const metrics = openMetrics(nothing, silentLog);
    for (let n = 0; n < 1000; n++) metrics.answered({ ...answer, rewardModel: null, policy: `policy-${n}` });
    const lines = await samples(metrics, 'attune_answers_total');
    assert.equal(lines.length, 101);
    assert.match(lines.at(-1) ?? '', /policy="other"} 900$/);
  });
});
