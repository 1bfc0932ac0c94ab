import type { Experiment } from '@attune/contracts';
import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../shell/api.ts';
import { Confirm } from '../../../shell/parts/confirm.tsx';
import { useText } from '../../../text/use-text.ts';
import { EndExperiment } from './end-experiment.tsx';
import { PromoteTreatment } from './promote-treatment.tsx';
import { text } from './text.ts';
import { useExperimentChange } from './use-experiment-change.ts';

/** Start, pause, go on, extend, end, promote: what its state allows. */
export function ExperimentActions({ experiment }: { experiment: Experiment }) {
  const isDraft = experiment.status === 'draft';
  return (
    <div className="flex flex-wrap gap-2">
      <PauseOrStart experiment={experiment} />
      <Extend experiment={experiment} />
      <EndExperiment experiment={experiment} />
      {!isDraft && <PromoteTreatment experiment={experiment} />}
    </div>
  );
}

function PauseOrStart({ experiment: { id, status } }: { experiment: Experiment }) {
  const t = useText(text).actions;
  const change = useExperimentChange();
  const [busy, setBusy] = useState(false);
  const params = { id };
  const runs = status === 'running';
  const act = async () => {
    setBusy(true);
    await (runs
      ? change(() => api.pauseExperiment({ params }), t.paused)
      : change(() => api.resumeExperiment({ params }), t.started));
    setBusy(false);
  };
  return (
    <button
      type="button"
      className={runs ? 'line-button' : 'main-button'}
      disabled={busy}
      onClick={() => void act()}
    >
      {runs ? <Pause aria-hidden className="size-4" /> : <Play aria-hidden className="size-4" />}
      {runs ? t.pause : status === 'draft' ? t.start : t.resume}
    </button>
  );
}

function Extend({ experiment: { id } }: { experiment: Experiment }) {
  const t = useText(text).actions;
  const change = useExperimentChange();
  const [days, setDays] = useState('14');
  return (
    <Confirm
      trigger={
        <button type="button" className="line-button">
          {t.extend}
        </button>
      }
      title={t.extendTitle}
      about={t.extendAbout}
      action={t.extend}
      onConfirm={() =>
        change(() => api.extendExperiment({ params: { id }, body: { days: Number(days) } }), t.extended)
      }
    >
      <label className="mt-4 block text-sm">
        {t.extendDays}
        <input
          type="number"
          min={1}
          max={365}
          className="text-field mt-1"
          value={days}
          onChange={({ target }) => setDays(target.value)}
        />
      </label>
    </Confirm>
  );
}
