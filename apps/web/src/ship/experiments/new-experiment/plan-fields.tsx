import { Field } from '../../../shell/parts/field.tsx';
import { useText } from '../../../text/use-text.ts';
import type { ExperimentDraft } from './experiment-draft.ts';
import { NumberField } from './number-field.tsx';
import { text } from './text.ts';

interface PlanFieldsProps {
  draft: ExperimentDraft;
  onChange: (change: Partial<ExperimentDraft>) => void;
}

/** Who takes part, and for how long. */
export function PlanFields({ draft, onChange }: PlanFieldsProps) {
  const t = useText(text);
  return (
    <>
      <NumberField
        label={t.split}
        hint={t.splitHint}
        least={1}
        most={99}
        value={draft.split}
        onValue={(split) => onChange({ split })}
      />
      <NumberField
        label={t.traffic}
        hint={t.trafficHint}
        least={1}
        most={100}
        value={draft.traffic}
        onValue={(traffic) => onChange({ traffic })}
      />
      <Field label={t.unit} hint={t.unitHint}>
        {(input) => (
          <select
            {...input}
            className="text-field"
            value={draft.unit}
            onChange={({ target }) => onChange({ unit: target.value === 'session' ? 'session' : 'user' })}
          >
            <option value="user">{t.units.user}</option>
            <option value="session">{t.units.session}</option>
          </select>
        )}
      </Field>
      <NumberField
        label={t.days}
        hint={t.daysHint}
        least={1}
        most={365}
        value={draft.days}
        onValue={(days) => onChange({ days })}
      />
    </>
  );
}
