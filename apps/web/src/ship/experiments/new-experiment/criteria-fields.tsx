import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { Choice } from '../../../shell/parts/choice.tsx';
import { useText } from '../../../text/use-text.ts';
import { text as experimentText } from '../text.ts';
import {
  type CriterionDraft,
  criterionDraftOf,
  criterionMetrics,
  criterionOf,
  isPercent,
} from './criterion-draft.ts';
import { text } from './text.ts';

/** The server takes no more. */
const MOST_CRITERIA = 10;

interface CriteriaFieldsProps {
  criteria: readonly CriterionDraft[];
  onCriteria: (criteria: readonly CriterionDraft[]) => void;
}

/** What must be so for the treatment to win, in words above the fields. */
export function CriteriaFields({ criteria, onCriteria }: CriteriaFieldsProps) {
  const t = useText(text);
  const heading = useId();
  const change = (changed: CriterionDraft) =>
    onCriteria(criteria.map((one) => (one.key === changed.key ? changed : one)));
  const add = () =>
    onCriteria([
      ...criteria,
      criterionDraftOf({ metric: 'error_rate', measure: 'difference', bound: 'below', value: 0.01 }),
    ]);
  return (
    <section aria-labelledby={heading} className="card p-5">
      <h2 id={heading} className="mb-3 font-medium">
        {t.criteria}
      </h2>
      <ul className="divide-y divide-line">
        {criteria.map((criterion, index) => (
          <CriterionFields
            key={criterion.key}
            criterion={criterion}
            number={index + 1}
            onChange={change}
            {...(criteria.length > 1 && {
              onRemove: () => onCriteria(criteria.filter(({ key }) => key !== criterion.key)),
            })}
          />
        ))}
      </ul>
      <button
        type="button"
        className="quiet-button mt-3 -ml-2.5"
        disabled={criteria.length >= MOST_CRITERIA}
        onClick={add}
      >
        <Plus aria-hidden className="size-4" /> {t.add}
      </button>
    </section>
  );
}

interface CriterionFieldsProps {
  criterion: CriterionDraft;
  number: number;
  onChange: (criterion: CriterionDraft) => void;
  onRemove?: () => void;
}

function CriterionFields({ criterion, number, onChange, onRemove }: CriterionFieldsProps) {
  const t = useText(text);
  const words = useText(experimentText);
  const { metric, measure, bound, value } = criterion;
  const read = criterionOf(criterion);
  return (
    <li className="py-3">
      <p className="mb-2 text-sm">
        {Number.isFinite(read.value) ? words.criterion(read) : words.metrics[metric]}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label={t.nth(t.metric, number)}
          options={criterionMetrics}
          words={words.metrics}
          value={metric}
          onValue={(metric) => onChange({ ...criterion, metric })}
        />
        {metric !== 'safety_reports' && (
          <>
            <Select
              label={t.nth(t.measure, number)}
              options={['relative', 'difference']}
              words={t.measures}
              value={measure}
              onValue={(measure) => onChange({ ...criterion, measure })}
            />
            <Select
              label={t.nth(t.bound, number)}
              options={['above', 'below']}
              words={t.bounds}
              value={bound}
              onValue={(bound) => onChange({ ...criterion, bound })}
            />
          </>
        )}
        <input
          type="number"
          step="any"
          required
          aria-label={t.nth(isPercent(read) ? t.valuePercent : t.value, number)}
          className="text-field w-28"
          value={value}
          onChange={({ target }) => onChange({ ...criterion, value: target.value })}
        />
        {isPercent(read) && <span aria-hidden>%</span>}
        {onRemove && (
          <button type="button" className="quiet-button" aria-label={t.remove(number)} onClick={onRemove}>
            <X aria-hidden className="size-4" />
          </button>
        )}
      </div>
    </li>
  );
}

interface SelectProps<Value extends string> {
  label: string;
  options: readonly Value[];
  words: Readonly<Record<Value, string>>;
  value: Value;
  onValue: (value: Value) => void;
}

function Select<Value extends string>({ label, options, words, value, onValue }: SelectProps<Value>) {
  return (
    <Choice
      label={label}
      options={options.map((option) => ({ value: option, label: words[option] }))}
      value={value}
      onValue={onValue}
    />
  );
}
