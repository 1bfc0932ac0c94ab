import { Field } from '../../shell/parts/field.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import type { Setting } from './setting-shape.ts';

interface SettingFieldProps {
  setting: Setting;
  /** What it is for, in a sentence. */
  about: string | undefined;
  value: string;
  onValue: (value: string) => void;
}

/** One setting; left empty it takes its default, which stands in the field. */
export function SettingField({
  setting: { name, kind, otherwise, options },
  about,
  value,
  onValue,
}: SettingFieldProps) {
  const t = useText(text);
  const shown = otherwise === undefined ? t.needed : otherwise === null ? '–' : plain(otherwise);
  const choices = kind === 'switch' ? ['true', 'false'] : options;
  return (
    <Field label={name} {...(about !== undefined && { hint: about })}>
      {(input) =>
        kind === 'choice' || kind === 'switch' ? (
          <select
            {...input}
            className="text-field"
            value={value}
            onChange={(event) => onValue(event.target.value)}
          >
            <option value="">{t.otherwise(shown)}</option>
            {choices.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        ) : (
          <textarea
            {...input}
            className="text-field resize-y font-mono text-sm"
            rows={kind === 'json' || name === 'principles' ? 2 : 1}
            placeholder={shown}
            required={otherwise === undefined}
            inputMode={kind === 'number' ? 'decimal' : 'text'}
            value={value}
            onChange={(event) => onValue(event.target.value)}
          />
        )
      }
    </Field>
  );
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
