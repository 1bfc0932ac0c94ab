import type { Experiment } from '@attune/contracts';
import { Rocket } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../shell/api.ts';
import { Confirm } from '../../../shell/parts/confirm.tsx';
import { ToggleSwitch } from '../../../shell/parts/toggle-switch.tsx';
import { useText } from '../../../text/use-text.ts';
import { text as experimentText } from '../text.ts';
import { text } from './text.ts';
import { useExperimentChange } from './use-experiment-change.ts';

/** Gives the treatment all traffic. The server refuses what the results do not recommend, unless one insists. */
export function PromoteTreatment({ experiment }: { experiment: Experiment }) {
  const t = useText(text).actions;
  const words = useText(experimentText);
  const change = useExperimentChange();
  const [force, setForce] = useState(false);
  const { id, treatment_model_id: model, results } = experiment;
  const verdict = results?.recommendation.verdict ?? 'not_enough_data';
  const isRecommended = verdict === 'deploy';
  return (
    <Confirm
      trigger={
        <button type="button" className={isRecommended ? 'main-button' : 'line-button'}>
          <Rocket aria-hidden className="size-4" /> {t.promote}
        </button>
      }
      title={t.promoteTitle(model)}
      about={t.promoteAbout}
      action={t.promote}
      onConfirm={() =>
        change(() => api.promoteExperiment({ params: { id }, body: { force } }), t.promoted(model))
      }
    >
      {!isRecommended && (
        <div className="mt-4 rounded-xl bg-warn-wash px-4 py-3">
          <p className="mb-2 text-sm text-warn">{t.promoteAgainst(words.verdicts[verdict])}</p>
          <ToggleSwitch label={t.promoteForce} on={force} onSwitch={setForce} />
        </div>
      )}
    </Confirm>
  );
}
