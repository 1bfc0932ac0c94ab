import type { Alert } from '@attune/contracts';
import type { Outgoing } from './send-message.ts';

/** What a channel is told about an alert. */
export interface AlertMessage {
  readonly type: 'alert' | 'test';
  readonly organization: string;
  readonly alert: Alert;
}

const signs = { critical: '🔴', warning: '🟠', info: '🔵' } as const;

/** One line: how bad it is, and what happened. */
export function headline({ type, alert }: AlertMessage): string {
  if (type === 'test') return '[test]';
  const state = alert.state === 'firing' ? alert.severity : 'resolved';
  return `[${state}] ${alert.kind.replaceAll('_', ' ')}${alert.subject === '' ? '' : ` (${alert.subject})`}`;
}

/** The figures behind an alert, one a line, with interval and n. */
export function evidenceLines({ evidence }: Alert): string[] {
  return evidence.map(({ name, value, ci: [low, high], n }) => {
    const interval = low === null || high === null ? '' : ` [${short(low)}, ${short(high)}]`;
    return `${name}: ${value === null ? '–' : short(value)}${interval}, n = ${n}`;
  });
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** What goes out about an alert: `{type: "alert", organization, alert}` and the same in words. */
export function alertOutgoing(id: string, message: AlertMessage): Outgoing {
  const { type, organization, alert } = message;
  return { id, body: { type, organization, alert }, slack: slackBody(message), mail: mailOf(message) };
}

function slackBody(message: AlertMessage): Outgoing['slack'] {
  const { alert, organization } = message;
  const sign = alert.state === 'firing' ? signs[alert.severity] : '🟢';
  const text = `${sign} ${headline(message)}: ${alert.message}`;
  const context = [`Organisation ${organization}`, ...evidenceLines(alert)].join('\n');
  return {
    text,
    blocks: [
      { type: 'section', text: { type: 'plain_text', text: text.slice(0, 3000), emoji: true } },
      { type: 'context', elements: [{ type: 'plain_text', text: context.slice(0, 3000) }] },
    ],
  };
}

function mailOf(message: AlertMessage): Outgoing['mail'] {
  const { alert, organization } = message;
  const lines = [
    alert.message,
    '',
    ...evidenceLines(alert),
    `Organisation: ${organization}`,
    `Since: ${alert.created_at}`,
    ...(alert.resolved_at === null ? [] : [`Resolved: ${alert.resolved_at}`]),
    `Alert: ${alert.id}`,
  ];
  return { subject: `Attune ${headline(message)}`.slice(0, 200), text: `${lines.join('\n')}\n` };
}
