import type { Model, ModelStatus } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { Ago } from '../shell/parts/ago.tsx';
import { useFormats, useText } from '../text/use-text.ts';
import { type Figure, headlineMetrics } from './headline-metrics.ts';
import { DeployLink } from './ramp/deploy-link.tsx';
import { text } from './text.ts';

const statusLook: Record<ModelStatus, string> = {
  testing: '',
  deployed: 'bg-accent-wash text-accent-strong font-medium',
  deprecated: '',
  archived: 'text-faint',
};

/** One trained model with what was measured of it. */
export function ModelRow({ model }: { model: Model }) {
  const t = useText(text);
  return (
    <li className="flex flex-wrap items-start gap-x-8 gap-y-2 px-5 py-4">
      <div className="min-w-56 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <Link
            to="/models/$id"
            params={{ id: model.id }}
            className="font-medium underline-offset-4 [overflow-wrap:anywhere] hover:underline"
          >
            {model.model_id}
          </Link>
          <span className={`chip ${statusLook[model.status]}`}>{t.statuses[model.status]}</span>
          {model.tags.map((tag) => (
            <span key={tag} className="chip">
              {tag}
            </span>
          ))}
        </p>
        {model.doubts.map((doubt) => (
          <p key={doubt} className="text-bad text-sm">
            {t.doubts[doubt]}
          </p>
        ))}
        <p className="text-faint text-sm">
          {t.kind(t.kinds[model.kind], model.base_model)}, <Ago at={model.created_at} />
        </p>
      </div>
      <DeployLink model={model} />
      <dl className="flex gap-6">
        {headlineMetrics(model).map((figure) => (
          <FigureView key={figure.name} figure={figure} />
        ))}
      </dl>
    </li>
  );
}

function FigureView({ figure: { name, value, ci, n } }: { figure: Figure }) {
  const t = useText(text);
  const { count, decimal } = useFormats();
  const interval = ci === null ? '' : `${decimal(ci[0], 2)}–${decimal(ci[1], 2)}`;
  const size = n === null ? '' : `n = ${count(n)}`;
  return (
    <div>
      <dt className="text-faint text-xs">{t.metrics[name]}</dt>
      <dd className="tabular-nums">
        {decimal(value, 3)}
        <span className="block text-faint text-xs">
          {[interval, size].filter((part) => part !== '').join(', ')}
        </span>
      </dd>
    </div>
  );
}
