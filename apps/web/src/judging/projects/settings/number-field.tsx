import { Field } from '../../../shell/parts/field.tsx';

interface NumberFieldProps {
  label: string;
  hint?: string;
  value: number | null;
  min: number;
  max: number;
  /** Null when the field is empty. */
  onValue: (value: number | null) => void;
  required?: boolean;
  disabled?: boolean;
}

/** A whole number between two bounds. */
export function NumberField({ label, hint, value, min, max, onValue, required, disabled }: NumberFieldProps) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(input) => (
        <input
          {...input}
          type="number"
          min={min}
          max={max}
          required={required ?? true}
          disabled={disabled}
          className="text-field"
          value={value ?? ''}
          onChange={({ target: { valueAsNumber } }) =>
            onValue(Number.isNaN(valueAsNumber) ? null : valueAsNumber)
          }
        />
      )}
    </Field>
  );
}
