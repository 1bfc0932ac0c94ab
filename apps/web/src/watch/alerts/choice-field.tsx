import { Field } from '../../shell/parts/field.tsx';

interface ChoiceFieldProps<Value extends string> {
  label: string;
  options: readonly { readonly value: Value; readonly label: string }[];
  value: Value;
  onValue: (value: Value) => void;
}

/** One of a few values in a form. */
export function ChoiceField<Value extends string>({
  label,
  options,
  value,
  onValue,
}: ChoiceFieldProps<Value>) {
  return (
    <Field label={label}>
      {(input) => (
        <select
          {...input}
          className="text-field"
          value={value}
          onChange={({ target }) => {
            const chosen = options.find((option) => option.value === target.value);
            if (chosen !== undefined) onValue(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
