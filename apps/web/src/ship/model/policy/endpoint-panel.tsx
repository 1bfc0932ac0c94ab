import type { Model } from '@attune/contracts';
import { mayAct } from '../../../shell/role-rank.ts';
import { useMe } from '../../../shell/session.ts';
import { useText } from '../../../text/use-text.ts';
import { EndpointForm } from './endpoint-form.tsx';
import { text } from './text.ts';

/** Where a policy answers; admins say so. */
export function EndpointPanel({ model }: { model: Model }) {
  const t = useText(text);
  const { role } = useMe();
  if (model.kind !== 'policy') return null;
  const { endpoint } = model;
  return (
    <section aria-labelledby="endpoint" className="space-y-3">
      <div>
        <h2 id="endpoint" className="font-medium font-serif text-xl">
          {t.title}
        </h2>
        <p className="max-w-prose text-soft text-sm">{t.about}</p>
      </div>
      <p className="[overflow-wrap:anywhere]">
        {endpoint === null
          ? t.none
          : `${t.at(endpoint.model, endpoint.url)}, ${endpoint.has_key ? t.withKey : t.withoutKey}`}
      </p>
      {mayAct(role, 'admin') && model.status !== 'archived' && <EndpointForm model={model} />}
    </section>
  );
}
