import { blendModels as endpoint } from '@attune/contracts';
import { type Route, route } from '../../platform/http/route.ts';
import { inTurn } from '../in-turn.ts';
import type { Learn } from '../learn.ts';
import { blendModels } from './blend-models.ts';

/** Blends that may wait for the one under way; each holds two models and a data set. */
const MOST_WAITING = 2;

export function blendRoutes(learn: Learn): Route[] {
  const one = inTurn(MOST_WAITING);
  return [
    route(endpoint, ({ caller, body, signal }) =>
      one(async () => {
        const { organization, principal: actor } = caller;
        const blend = await blendModels(learn, organization, body, signal);
        const details = { models: blend.models, weight: blend.weight, recommended: blend.recommended };
        const subject = `model:${blend.model_id}`;
        await learn.platform.audit.record({ organization, actor, action: 'model.blended', subject, details });
        return blend;
      }),
    ),
  ];
}
