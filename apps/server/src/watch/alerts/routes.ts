import * as api from '@attune/contracts';
import type { Clock } from '../../platform/clock.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { decodeId, toPage } from '../../platform/http/page.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Audit } from '../../platform/identity/audit.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import type { Sql } from '../sql.ts';
import { acknowledge } from './alert-store.ts';
import { alertView } from './alert-view.ts';
import { channelRoutes } from './channel-routes.ts';
import { pageOfAlerts } from './list-alerts.ts';
import { changeRule, resetRule, rulesOf } from './rules.ts';
import { addSilence, endSilence, listSilences, toSilence } from './silences.ts';

export interface AlertRouteNeeds {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly box: SecretBox;
  readonly allowPrivate: boolean;
  readonly changed: (organization: string) => void;
  /** Looks at an organisation soon, as its rules have changed. */
  readonly lookSoon: (organization: string) => Promise<void>;
}

/** The routes of alerts, their rules, silences and channels. */
export function alertRoutes(needs: AlertRouteNeeds): Route[] {
  return [...openRoutes(needs), ...ruleRoutes(needs), ...silenceRoutes(needs), ...channelRoutes(needs)];
}

/** The fields that were sent. */
function givenIn(body: RuleChange): Partial<api.AlertRuleSettings> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

type RuleChange = api.RequestOf<typeof api.updateAlertRule>['body'];

/** How people are named in what they did. */
function nameOf({ email, name }: Caller): string {
  return email ?? name;
}

function openRoutes({ sql, clock, audit, changed }: AlertRouteNeeds): Route[] {
  return [
    route(api.listAlerts, ({ caller, query }) => pageOfAlerts(sql, caller.organization, query)),
    route(api.acknowledgeAlert, async ({ caller, params: { id } }) => {
      const { organization, principal: actor } = caller;
      const row = await sql.transaction().execute(async (transaction) => {
        const seen = await acknowledge(transaction, { organization, id }, nameOf(caller), clock.now());
        if (seen === undefined) throw new api.AttuneError('alert_not_found', { param: 'id' });
        const act = { organization, actor, action: 'alert.acknowledged', subject: `alert:${id}` };
        await audit.record({ ...act, details: { kind: seen.kind, about: seen.subject } }, transaction);
        return seen;
      });
      changed(organization);
      return await alertView(sql, row);
    }),
  ];
}

function ruleRoutes({ sql, clock, audit, lookSoon }: AlertRouteNeeds): Route[] {
  const done = async ({ organization, principal: actor }: Caller, kind: api.AlertKind, details: object) => {
    const act = { organization, actor, action: 'alert_rule.changed', subject: `alert_rule:${kind}` };
    await audit.record({ ...act, details: { ...details } });
    await lookSoon(organization);
    return (await rulesOf(sql, organization))[kind];
  };
  return [
    route(api.alertRules, async ({ caller }) => ({
      items: Object.values(await rulesOf(sql, caller.organization)),
    })),
    route(api.updateAlertRule, async ({ caller, params: { kind }, body }) => {
      const key = { organization: caller.organization, kind };
      await changeRule(sql, key, givenIn(body), nameOf(caller), clock.now());
      return await done(caller, kind, body);
    }),
    route(api.resetAlertRule, async ({ caller, params: { kind } }) => {
      await resetRule(sql, caller.organization, kind);
      return await done(caller, kind, { reset: true });
    }),
  ];
}

function silenceRoutes({ sql, clock, audit }: AlertRouteNeeds): Route[] {
  const record = (caller: Caller, action: string, silence: api.AlertSilence) => {
    const { organization, principal: actor } = caller;
    const { kind, subject: about, until, reason } = silence;
    const act = { organization, actor, action, subject: `alert_silence:${silence.id}` };
    return audit.record({ ...act, details: { kind, about, until, reason } });
  };
  return [
    route(api.listAlertSilences, async ({ caller, query: { cursor, ...filter } }) => {
      const before = cursor === undefined ? null : decodeId(cursor);
      const rows = await listSilences(sql, caller.organization, filter, before, clock.now());
      return toPage(rows, filter.limit, (row) => [row.id], toSilence);
    }),
    route(api.silenceAlerts, async ({ caller, body: { hours, ...about } }) => {
      const now = clock.now();
      const until = new Date(now.getTime() + hours * 3_600_000);
      const who = { organization: caller.organization, created_by: nameOf(caller) };
      const silence = toSilence(await addSilence(sql, { ...about, ...who, until }, now));
      await record(caller, 'alert.silenced', silence);
      return silence;
    }),
    route(api.endAlertSilence, async ({ caller, params: { id } }) => {
      const key = { organization: caller.organization, id };
      const silence = toSilence(await endSilence(sql, key, nameOf(caller), clock.now()));
      await record(caller, 'alert.silence_ended', silence);
      return silence;
    }),
  ];
}
