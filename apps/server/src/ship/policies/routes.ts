import { registerPolicy as registerEndpoint, setPolicyEndpoint } from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Announce } from '../change-traffic.ts';
import { modelView } from '../model-view.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { registerPolicy, setEndpoint } from './set-endpoint.ts';

/** The routes of policies and where they answer. */
export function policyRoutes(
  platform: ShipPlatform,
  announce: Announce,
  modelNamed: (caller: Caller, given: string) => Promise<ModelRow>,
): Route[] {
  const by = ({ organization, principal: actor }: Caller) => ({ organization, actor });
  return [
    route(registerEndpoint, async ({ caller, body }) =>
      modelView(await registerPolicy(platform, body, by(caller))),
    ),

    route(setPolicyEndpoint, async ({ caller, params, body }) => {
      const model = await setEndpoint(platform, await modelNamed(caller, params.id), body, by(caller));
      await announce(caller.organization);
      return modelView(model);
    }),
  ];
}
