import { Field } from '../../../shell/parts/field.tsx';

interface NumberFieldProps {
  label: string;
  hint?: string;
  least: number;
  most: number;
  value: string;
  onValue: (value: string) => void;
}

/** A number that must be given, within bounds. */
export function NumberField({ label, hint, least, most, value, onValue }: NumberFieldProps) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(input) => (
        <input
          {...input}
          type="number"
          className="text-field"
          required
          step="any"
          min={least}
          max={most}
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}
