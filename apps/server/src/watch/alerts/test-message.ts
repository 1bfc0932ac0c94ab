import { newId } from '../../platform/ids.ts';
import { alertOutgoing } from './message.ts';
import type { Outgoing } from './send-message.ts';

/** A message that says that it is only a test. */
export function testMessage(organization: string, now: Date): Outgoing {
  const id = newId();
  const at = now.toISOString();
  return alertOutgoing(id, {
    type: 'test',
    organization,
    alert: {
      id,
      kind: 'model_ready',
      severity: 'info',
      state: 'firing',
      message: 'This is a test: alerts reach you here. Nothing has happened.',
      value: null,
      threshold: null,
      n: 0,
      evidence: [],
      subject: 'test',
      reward_model: null,
      feedback_id: null,
      seen: 1,
      last_seen_at: at,
      acknowledged_by: null,
      acknowledged_at: null,
      silenced_until: null,
      delivered: null,
      deliveries: [],
      created_at: at,
      resolved_at: null,
    },
  });
}
