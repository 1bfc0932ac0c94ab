import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Endpoint, endpoints } from '@attune/contracts';
import { actionRoles } from './action-roles.ts';

test('actions are offered to exactly those whom the server lets do them', () => {
  const all: Readonly<Record<string, Endpoint>> = endpoints;
  for (const [id, role] of Object.entries(actionRoles)) assert.equal(role, all[id]?.role, id);
});
