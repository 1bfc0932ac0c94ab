import type { Ramp, RampState } from '@attune/contracts';
import { Ago } from '../shell/ago.tsx';
import { counted, percentText } from '../shell/number-text.ts';
import { trafficOf } from './ramp-state.ts';
import { RollBack } from './roll-back.tsx';

const states: Record<RampState, string> = {
  ramping: 'in steps',
  complete: 'complete',
  rolled_back: 'rolled back',
  superseded: 'superseded',
};

/** Which models get traffic, and the deployment that decides it. */
export function Traffic({ ramp }: { ramp: Ramp }) {
  const parts = trafficOf(ramp);
  return (
    <section aria-label="Traffic" className="card p-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="eyebrow">Traffic</h2>
          <p className="mt-0.5 font-medium">{ramp.model_id}</p>
          <p className="text-faint text-sm">
            {states[ramp.state]}, deployed <Ago at={ramp.created_at} />
          </p>
        </div>
        <RollBack ramp={ramp} />
      </div>
      <div aria-hidden className="mt-4 flex h-2.5 gap-0.5 overflow-hidden rounded-full">
        {parts.map(({ model, share }, index) => (
          <div
            key={model}
            className={`transition-[width] duration-700 ${index === 0 ? 'bg-accent' : 'bg-line'}`}
            style={{ width: `${share * 100}%` }}
          />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap justify-between gap-x-6 text-sm">
        {parts.map(({ model, share }) => (
          <li key={model} className="tabular-nums">
            <span className="font-medium">{percentText(share)}</span>{' '}
            <span className="text-soft">{model}</span>
          </li>
        ))}
      </ul>
      {ramp.state === 'ramping' && <Steps ramp={ramp} />}
      {ramp.reason !== null && <p className="mt-2 text-soft text-sm">{ramp.reason}</p>}
    </section>
  );
}

function Steps({ ramp }: { ramp: Ramp }) {
  const next = ramp.steps[ramp.step + 1];
  const current = ramp.steps[ramp.step];
  if (next === undefined || current === undefined) return null;
  return (
    <p className="mt-3 text-faint text-sm">
      Step {ramp.step + 1} of {ramp.steps.length} since <Ago at={ramp.step_started_at} />. On to{' '}
      {percentText(next.share)} after {holdText(current.hold_seconds)} and{' '}
      {counted(current.minimum_samples, 'answer')}, if no guard trips.
    </p>
  );
}

function holdText(seconds: number): string {
  if (seconds >= 3600) return counted(Math.round(seconds / 3600), 'hour');
  return seconds >= 60 ? counted(Math.round(seconds / 60), 'minute') : counted(Math.round(seconds), 'second');
}
