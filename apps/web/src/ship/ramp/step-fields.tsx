import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { useText } from '../../text/use-text.ts';
import { type StepDraft, stepDraftOf } from './plan-draft.ts';
import { text } from './text.ts';

/** The server takes no more. */
const MOST_STEPS = 20;

interface StepFieldsProps {
  steps: readonly StepDraft[];
  onSteps: (steps: readonly StepDraft[]) => void;
}

/** How the share of a model grows. */
export function StepFields({ steps, onSteps }: StepFieldsProps) {
  const t = useText(text).form;
  const heading = useId();
  const change = (key: string, part: Partial<StepDraft>) =>
    onSteps(steps.map((step) => (step.key === key ? { ...step, ...part } : step)));
  const add = () => {
    const fresh = stepDraftOf({ share: 0.25, hold_seconds: 3600, minimum_samples: 100 });
    onSteps([...steps.slice(0, -1), fresh, ...steps.slice(-1)]);
  };
  return (
    <section aria-labelledby={heading} className="card p-5">
      <h2 id={heading} className="font-medium">
        {t.steps}
      </h2>
      <p className="mb-3 text-faint text-sm">{t.stepsAbout}</p>
      <ol className="grid gap-4">
        {steps.map((step, index) => (
          <li key={step.key} className="flex flex-wrap items-end gap-3">
            <StepNumber
              label={t.shareLabel}
              name={t.share(index + 1)}
              least="0.1"
              most="100"
              value={step.share}
              onValue={(share) => change(step.key, { share })}
            />
            <StepNumber
              label={t.holdLabel}
              name={t.hold(index + 1)}
              least="0"
              most="525600"
              value={step.minutes}
              onValue={(minutes) => change(step.key, { minutes })}
            />
            <StepNumber
              label={t.samplesLabel}
              name={t.samples(index + 1)}
              least="0"
              most="10000000"
              value={step.samples}
              onValue={(samples) => change(step.key, { samples })}
            />
            {steps.length > 1 && (
              <button
                type="button"
                className="quiet-button"
                aria-label={t.removeStep(index + 1)}
                onClick={() => onSteps(steps.filter(({ key }) => key !== step.key))}
              >
                <X aria-hidden className="size-4" />
              </button>
            )}
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="quiet-button mt-3 -ml-2.5"
        disabled={steps.length >= MOST_STEPS}
        onClick={add}
      >
        <Plus aria-hidden className="size-4" /> {t.addStep}
      </button>
    </section>
  );
}

interface StepNumberProps {
  /** Above the field; `name` says which step, for those who hear it. */
  label: string;
  name: string;
  least: string;
  most: string;
  value: string;
  onValue: (value: string) => void;
}

function StepNumber({ label, name, least, most, value, onValue }: StepNumberProps) {
  return (
    <div>
      <span aria-hidden className="mb-1 block text-sm">
        {label}
      </span>
      <input
        type="number"
        step="any"
        required
        min={least}
        max={most}
        aria-label={name}
        className="text-field w-36"
        value={value}
        onChange={({ target }) => onValue(target.value)}
      />
    </div>
  );
}
