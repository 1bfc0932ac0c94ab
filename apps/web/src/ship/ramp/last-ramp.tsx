import type { Ramp } from '@attune/contracts';
import { Ago } from '../../shell/parts/ago.tsx';
import { useText } from '../../text/use-text.ts';
import { text as modelsText } from '../text.ts';
import { RampPanel } from './ramp-panel.tsx';
import { text } from './text.ts';

/** A deployment in steps that has ended, with what was seen of it. One that took everything at once has shown nothing. */
export function LastRamp({ ramp }: { ramp: Ramp }) {
  const t = useText(text);
  const { states, deployed } = useText(modelsText);
  if (ramp.history.length < 2) return null;
  return (
    <section aria-label={t.last} className="card p-5">
      <h2 className="eyebrow">{t.last}</h2>
      <p className="mt-0.5 font-medium">{ramp.model_id}</p>
      <p className="text-faint text-sm">
        {states[ramp.state]}, {deployed} <Ago at={ramp.created_at} />
      </p>
      {ramp.reason !== null && (
        <p className="mt-2 text-soft text-sm [overflow-wrap:anywhere]">{ramp.reason}</p>
      )}
      <RampPanel ramp={ramp} />
    </section>
  );
}
