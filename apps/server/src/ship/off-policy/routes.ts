import { evaluateOffPolicy } from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { offPolicyEvaluation } from './evaluate-off-policy.ts';
import type { OffPolicyNeeds } from './off-policy-needs.ts';

/** What the route needs beside the platform. */
export interface OffPolicyRouteNeeds {
  readonly offPolicy: OffPolicyNeeds;
  /** @throws AttuneError `model_not_found` */
  readonly modelNamed: (caller: Caller, given: string) => Promise<ModelRow>;
}

/** The route of off-policy evaluation. */
export function offPolicyRoutes(
  platform: ShipPlatform,
  { offPolicy, modelNamed }: OffPolicyRouteNeeds,
): Route[] {
  return [
    route(evaluateOffPolicy, async ({ caller, params, body }) =>
      offPolicyEvaluation(platform, offPolicy, await modelNamed(caller, params.id), body),
    ),
  ];
}
