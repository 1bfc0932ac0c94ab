import type { Ramp } from '@attune/contracts';
import { Ago } from '../shell/parts/ago.tsx';
import { useFormats, useText } from '../text/use-text.ts';
import { RampActions } from './ramp/ramp-actions.tsx';
import { RampPanel } from './ramp/ramp-panel.tsx';
import { text as rampText } from './ramp/text.ts';
import { trafficOf } from './ramp-state.ts';
import { RollBack } from './roll-back.tsx';
import { text } from './text.ts';

/** Which models get traffic, and the deployment that decides it. */
export function Traffic({ ramp }: { ramp: Ramp }) {
  const t = useText(text);
  const { percent } = useFormats();
  const isPolicy = ramp.kind === 'policy';
  const parts = trafficOf(ramp, isPolicy ? t.noPolicy : t.noModel);
  const title = isPolicy ? t.policyTraffic : t.traffic;
  return (
    <section aria-label={title} className="card p-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="eyebrow">{title}</h2>
          <p className="mt-0.5 font-medium">{ramp.model_id}</p>
          <p className="text-faint text-sm">
            {ramp.paused_at === null ? t.states[ramp.state] : t.paused}, {t.deployed}{' '}
            <Ago at={ramp.created_at} />
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <RampActions ramp={ramp} />
          <RollBack ramp={ramp} />
        </div>
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
            <span className="font-medium">{percent(share)}</span> <span className="text-soft">{model}</span>
          </li>
        ))}
      </ul>
      {ramp.state === 'ramping' && <Steps ramp={ramp} />}
      {ramp.state === 'ramping' && <RampPanel ramp={ramp} />}
      {ramp.reason !== null && <p className="mt-2 text-soft text-sm">{ramp.reason}</p>}
    </section>
  );
}

function Steps({ ramp }: { ramp: Ramp }) {
  const t = useText(text);
  const { heldNow, pausedSince } = useText(rampText);
  const next = ramp.steps[ramp.step + 1];
  const current = ramp.steps[ramp.step];
  if (next === undefined || current === undefined) return null;
  const going = t.next(next.share, current.hold_seconds, current.minimum_samples);
  return (
    <p className="mt-3 text-faint text-sm">
      {t.step(ramp.step + 1, ramp.steps.length)} · <Ago at={ramp.step_started_at} />.{' '}
      {ramp.held ? heldNow : ramp.paused_at === null ? going : pausedSince}
    </p>
  );
}
