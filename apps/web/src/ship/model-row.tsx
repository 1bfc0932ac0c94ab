import type { Model, ModelStatus } from '@attune/contracts';
import { Ago } from '../shell/ago.tsx';
import { countText } from '../shell/number-text.ts';
import { type Figure, headlineMetrics } from './headline-metrics.ts';

const statusLook: Record<ModelStatus, string> = {
  testing: '',
  deployed: 'bg-accent-wash text-accent-strong font-medium',
  deprecated: '',
  archived: 'text-faint',
};

/** One trained model with what was measured of it. */
export function ModelRow({ model }: { model: Model }) {
  return (
    <li className="flex flex-wrap items-start gap-x-8 gap-y-2 px-5 py-4">
      <div className="min-w-56 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium [overflow-wrap:anywhere]">{model.model_id}</span>
          <span className={`chip ${statusLook[model.status]}`}>{model.status}</span>
        </p>
        <p className="text-faint text-sm">
          {model.kind} on {model.base_model}, <Ago at={model.created_at} />
        </p>
      </div>
      <dl className="flex gap-6">
        {headlineMetrics(model).map((figure) => (
          <FigureView key={figure.label} figure={figure} />
        ))}
      </dl>
    </li>
  );
}

function FigureView({ figure: { label, value, ci, n } }: { figure: Figure }) {
  const interval = ci === null ? '' : `${ci[0].toFixed(2)}–${ci[1].toFixed(2)}`;
  const size = n === null ? '' : `n = ${countText(n)}`;
  return (
    <div>
      <dt className="text-faint text-xs">{label}</dt>
      <dd className="tabular-nums">
        {value.toFixed(3)}
        <span className="block text-faint text-xs">
          {[interval, size].filter((part) => part !== '').join(', ')}
        </span>
      </dd>
    </div>
  );
}
