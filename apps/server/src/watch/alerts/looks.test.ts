import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Alert, AlertKind } from '@attune/contracts';
import { databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import { newId } from '../../platform/ids.ts';
import { openTestWatch, type TestWatch } from '../testing/open-test-watch.ts';
import { until } from '../testing/until.ts';
import type { AlertSources } from './looks/alert-sources.ts';

const DAY_MS = 86_400_000;
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);
const spread = (n: number, from: number, to: number) =>
  Array.from({ length: n }, (_, k) => from + ((to - from) * ((k * 7919) % n)) / n);

/** Has everything looked at now. */
const look = (watch: TestWatch) => watch.call('resetAlertRule', { params: { kind: 'disk' } });

function alertOf(watch: TestWatch, kind: AlertKind, state: Alert['state']): Promise<Alert> {
  return until(async () => (await watch.call('listAlerts', { query: { kind, state } })).items[0]);
}

/** What other rooms tell, first with the trouble, later without. */
type Troubles = Partial<Record<AlertKind, { bad: Partial<AlertSources>; good: Partial<AlertSources> }>>;

const labels = (n: number) =>
  Array.from({ length: n }, (_, k) => ({
    responseId: newId(),
    rating: k % 2 === 0 ? 5 : 1,
    positive: k % 2 === 0,
  }));
const [fresh, earlier] = [labels(400), labels(800)];
const isRecent = ({ to }: { to: Date }) => Date.now() - to.getTime() < DAY_MS;

const troubles: Troubles = {
  latency_p95: {
    bad: { recentAnswers: async () => ({ asked: 400, failed: 0, seconds: spread(400, 0.5, 3) }) },
    good: { recentAnswers: async () => ({ asked: 400, failed: 0, seconds: spread(400, 0.5, 1) }) },
  },
  error_rate: {
    bad: { recentAnswers: async () => ({ asked: 300, failed: 15, seconds: times(285, 0.3) }) },
    good: { recentAnswers: async () => ({ asked: 300, failed: 0, seconds: times(300, 0.3) }) },
  },
  reward_shift: {
    bad: { rewardsIn: async (span) => (isRecent(span) ? spread(500, 0.6, 1) : spread(2000, 0, 1)) },
    good: { rewardsIn: async (span) => (isRecent(span) ? spread(500, 0, 1) : spread(2000, 0, 1)) },
  },
  accuracy_fall: {
    bad: {
      labelsIn: async (span) => (isRecent(span) ? fresh : earlier),
      rewardsOf: async (_, ids) => {
        const known = new Map(
          earlier.map(({ responseId }, k) => [responseId, k % 2 === 0 ? 0.8 + k / 1e5 : 0.2 + k / 1e5]),
        );
        return new Map(ids.map((id, k) => [id, known.get(id) ?? (k * 0.37) % 1]));
      },
    },
    good: {
      labelsIn: async (span) => (isRecent(span) ? fresh : earlier),
      rewardsOf: async (_, ids) =>
        new Map(ids.map((id, k) => [id, k % 2 === 0 ? 0.8 + k / 1e5 : 0.2 + k / 1e5])),
    },
  },
  over_optimisation: {
    bad: {
      labelsIn: async (span) => (isRecent(span) ? fresh : earlier),
      rewardsOf: async (_, ids) =>
        new Map(ids.map((id, k) => [id, (ids.length === fresh.length ? 0.8 : 0.5) + 0.1 * Math.sin(k)])),
    },
    good: {
      labelsIn: async (span) => (isRecent(span) ? fresh : earlier),
      rewardsOf: async (_, ids) => new Map(ids.map((id, k) => [id, 0.5 + 0.1 * Math.sin(k)])),
    },
  },
  budget: {
    bad: { budget: async () => ({ limit: 100, spent: 80, committed: 15 }) },
    good: { budget: async () => ({ limit: 100, spent: 80, committed: 0 }) },
  },
  disk: {
    bad: { disk: async () => ({ free: 5e9, total: 1e11 }) },
    good: { disk: async () => ({ free: 3e10, total: 1e11 }) },
  },
};

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`looks on ${kind}`, { skip, timeout: 90_000 }, () => {
    for (const [name, trouble] of Object.entries(troubles)) {
      test(`${name} fires with its figures and ends when it is over`, async (t) => {
        // The table above has only kinds as keys.
        const about = name as AlertKind;
        const seen: Partial<AlertSources> = { ...trouble.bad };
        const watch = await openTestWatch(t, kind, { seen: forwarding(seen) });
        await look(watch);
        const alert = await alertOf(watch, about, 'firing');
        assert.ok(alert.value !== null && alert.threshold !== null && alert.n > 0);
        assert.notEqual(alert.evidence[0]?.value, null);
        const others = (await watch.call('listAlerts')).items.filter((one) => one.kind !== about);
        assert.deepEqual(others, [], 'no other alert');
        Object.assign(seen, trouble.good);
        await look(watch);
        assert.equal((await alertOf(watch, about, 'resolved')).id, alert.id);
      });
    }

    test('feedback_rate fires when a week has far less of it than the four before', async (t) => {
      const watch = await openTestWatch(t, kind);
      await addDays(watch, (ago) => (ago <= 7 ? 0.1 : 0.2));
      await look(watch);
      const alert = await alertOf(watch, 'feedback_rate', 'firing');
      assert.match(
        alert.message,
        /^10 % of the answers of the last 7 days got feedback, 20 % in the four weeks before: 50 % less/,
      );
      await watch.database.sql
        .updateTable('daily_feedback')
        .set({ reached: 200 })
        .where('organization', '=', watch.organization)
        .execute();
      await look(watch);
      await alertOf(watch, 'feedback_rate', 'resolved');
    });

    test('job_lost fires once for a loss, until somebody has seen it', async (t) => {
      const id = newId();
      const lostAt = new Date(Date.now() - 1000);
      const lost = { id, modelName: 'policy', lostAt, message: 'It was silent.' };
      const watch = await openTestWatch(t, kind, { seen: { lostJobs: async () => [lost] } });
      await look(watch);
      const alert = await alertOf(watch, 'job_lost', 'firing');
      assert.deepEqual(
        [alert.subject, alert.message],
        [id, 'The training of policy was lost. It was silent.'],
      );
      await watch.call('acknowledgeAlert', { params: { id: alert.id } });
      await look(watch);
      await watch.room.notify({
        organization: watch.organization,
        kind: 'model_ready',
        model: 'm@1',
        message: 'Ready',
      });
      assert.equal((await watch.call('listAlerts', { query: { kind: 'job_lost' } })).items.length, 1);
    });

    test('the same notice again is counted, not repeated', async (t) => {
      const watch = await openTestWatch(t, kind);
      const notice = {
        organization: watch.organization,
        kind: 'model_ready',
        model: 'm@1',
        message: 'Ready',
      } as const;
      for (let n = 0; n < 3; n++) await watch.room.notify(notice);
      const { items } = await watch.call('listAlerts');
      assert.deepEqual(
        items.map(({ seen, severity }) => [seen, severity]),
        [[3, 'info']],
      );
    });
  });
}

/** Sources that are asked anew each time, so that they can be changed. */
function forwarding(seen: Partial<AlertSources>): Partial<AlertSources> {
  const names = Object.keys(seen) as (keyof AlertSources)[];
  const forward =
    (name: keyof AlertSources) =>
    (...given: unknown[]) =>
      Reflect.apply(seen[name] as never, null, given);
  return Object.fromEntries(names.map((name) => [name, forward(name)]));
}

/** Thirty-five whole days of answers, a share of which got feedback. */
async function addDays({ database, organization }: TestWatch, rate: (ago: number) => number): Promise<void> {
  const rows = Array.from({ length: 35 }, (_, k) => ({
    organization,
    day: new Date(Date.now() - (k + 1) * DAY_MS).toISOString().slice(0, 10),
    answers: 1000 + 10 * (k % 3),
    reached: Math.round((1000 + 10 * (k % 3)) * rate(k + 1)),
  }));
  await database.sql
    .insertInto('daily_answers')
    .values(rows.map(({ organization: id, day, answers }) => ({ organization: id, day, answers })))
    .execute();
  await database.sql
    .insertInto('daily_feedback')
    .values(
      rows.map(({ organization: id, day, reached }) => ({
        organization: id,
        day,
        reached,
        feedback: reached,
      })),
    )
    .execute();
}
