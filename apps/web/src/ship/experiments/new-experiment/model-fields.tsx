import type { Model } from '@attune/contracts';
import { Field } from '../../../shell/parts/field.tsx';
import { useText } from '../../../text/use-text.ts';
import { candidates, type ExperimentDraft } from './experiment-draft.ts';
import { text } from './text.ts';

interface ModelFieldsProps {
  models: readonly Model[];
  draft: ExperimentDraft;
  onChange: (change: Partial<ExperimentDraft>) => void;
}

/** What is compared with what. */
export function ModelFields({ models, draft: { control, treatment }, onChange }: ModelFieldsProps) {
  const t = useText(text);
  const usable = candidates(models);
  const isSame = control !== '' && control === treatment;
  const deployed = usable.some(({ status }) => status === 'deployed');
  return (
    <>
      <ModelField
        label={t.control}
        hint={deployed ? t.controlHint : t.noControl}
        models={usable}
        value={control}
        onValue={(value) => onChange({ control: value })}
      />
      <ModelField
        label={t.treatment}
        hint={isSame ? t.sameModel : usable.length < 2 ? t.noTreatment : t.treatmentHint}
        models={usable}
        value={treatment}
        onValue={(value) => onChange({ treatment: value })}
      />
    </>
  );
}

interface ModelFieldProps {
  label: string;
  hint: string;
  models: readonly Model[];
  value: string;
  onValue: (model: string) => void;
}

function ModelField({ label, hint, models, value, onValue }: ModelFieldProps) {
  const t = useText(text);
  return (
    <Field label={label} hint={hint}>
      {(input) => (
        <select
          {...input}
          className="text-field"
          required
          value={value}
          onChange={({ target }) => onValue(target.value)}
        >
          <option value="" />
          {models.map(({ model_id, status }) => (
            <option key={model_id} value={model_id}>
              {t.option(model_id, t.modelStatuses[status])}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
