import type { JudgingQuestion } from '@attune/contracts';
import { ArrowUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Field } from '../../../shell/parts/field.tsx';
import { ToggleSwitch } from '../../../shell/parts/toggle-switch.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';
import { NumberField } from './number-field.tsx';
import { optionsOfLines } from './options-of-lines.ts';

interface QuestionEditorProps {
  question: JudgingQuestion;
  onChange: (question: JudgingQuestion) => void;
  /** Missing where it is the only one. */
  onRemove: (() => void) | null;
  onUp: (() => void) | null;
}

/** One question of a draft. */
export function QuestionEditor({ question, onChange, onRemove, onUp }: QuestionEditorProps) {
  const t = useText(text).settings;
  return (
    <fieldset className="card grid gap-3 px-5 py-4">
      <legend className="sr-only">{question.title}</legend>
      <div className="flex items-center gap-2">
        <span className="chip">{t.kinds[question.kind]}</span>
        <div className="ml-auto flex gap-1">
          {onUp && (
            <button
              type="button"
              className="quiet-button"
              aria-label={t.upQuestion(question.title)}
              onClick={onUp}
            >
              <ArrowUp aria-hidden className="size-4" />
            </button>
          )}
          {onRemove && (
            <button
              type="button"
              className="quiet-button"
              aria-label={t.removeQuestion(question.title)}
              onClick={onRemove}
            >
              <Trash2 aria-hidden className="size-4" />
            </button>
          )}
        </div>
      </div>
      <Field label={t.titleOf}>
        {(input) => (
          <input
            {...input}
            className="text-field"
            required
            maxLength={200}
            value={question.title}
            onChange={({ target: { value } }) => onChange({ ...question, title: value })}
          />
        )}
      </Field>
      <Field label={t.description}>
        {(input) => (
          <input
            {...input}
            className="text-field"
            maxLength={5000}
            value={question.description ?? ''}
            onChange={({ target: { value } }) => onChange({ ...question, description: value })}
          />
        )}
      </Field>
      <div className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
        <KindSettings question={question} onChange={onChange} />
        <ToggleSwitch
          label={t.required}
          on={question.required}
          onSwitch={(required) => onChange({ ...question, required })}
        />
      </div>
    </fieldset>
  );
}

function KindSettings({ question, onChange }: Pick<QuestionEditorProps, 'question' | 'onChange'>) {
  const t = useText(text).settings;
  switch (question.kind) {
    case 'pairwise':
      return (
        <>
          <NumberField
            label={t.levels}
            min={1}
            max={5}
            value={question.strength_levels}
            onValue={(value) => onChange({ ...question, strength_levels: value ?? 1 })}
          />
          <ToggleSwitch
            label={t.allowTie}
            on={question.allow_tie}
            onSwitch={(allow_tie) => onChange({ ...question, allow_tie })}
          />
          <ToggleSwitch
            label={t.allowBothBad}
            on={question.allow_both_bad}
            onSwitch={(allow_both_bad) => onChange({ ...question, allow_both_bad })}
          />
        </>
      );
    case 'ranking':
      return (
        <ToggleSwitch
          label={t.allowTies}
          on={question.allow_ties}
          onSwitch={(allow_ties) => onChange({ ...question, allow_ties })}
        />
      );
    case 'stars':
      return (
        <>
          <OptionLines
            label={t.dimensions}
            options={question.dimensions}
            onOptions={(dimensions) => onChange({ ...question, dimensions })}
          />
          <NumberField
            label={t.scale}
            min={2}
            max={10}
            value={question.scale}
            onValue={(value) => onChange({ ...question, scale: value ?? 2 })}
          />
        </>
      );
    case 'labels':
      return (
        <>
          <OptionLines
            label={t.options}
            options={question.options}
            onOptions={(options) => onChange({ ...question, options })}
          />
          <ToggleSwitch
            label={t.multiple}
            on={question.multiple}
            onSwitch={(multiple) => onChange({ ...question, multiple })}
          />
        </>
      );
    case 'spans':
      return (
        <OptionLines
          label={t.options}
          options={question.options}
          onOptions={(options) => onChange({ ...question, options })}
        />
      );
    case 'text':
      return (
        <NumberField
          label={t.characters}
          min={1}
          max={20_000}
          value={question.max_characters}
          onValue={(value) => onChange({ ...question, max_characters: value ?? 1 })}
        />
      );
  }
}

type Options = ReturnType<typeof optionsOfLines>;

interface OptionLinesProps {
  label: string;
  options: Options;
  onOptions: (options: Options) => void;
}

function OptionLines({ label, options, onOptions }: OptionLinesProps) {
  // What is typed stays as it is typed, empty lines too.
  const [lines, setLines] = useState(options.map(({ title }) => title).join('\n'));
  return (
    <Field label={label}>
      {(input) => (
        <textarea
          {...input}
          className="text-field min-h-24"
          required
          value={lines}
          onChange={({ target: { value } }) => {
            setLines(value);
            onOptions(optionsOfLines(value, options));
          }}
        />
      )}
    </Field>
  );
}
