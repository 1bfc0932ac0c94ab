import { Field } from './field.tsx';

interface TextFieldProps {
  label: string;
  hint?: string;
  placeholder?: string;
  /** Most characters that the server takes. */
  maxLength: number;
  value: string;
  onValue: (value: string) => void;
}

/** One line of text that must be given, such as a name. */
export function TextField({ label, hint, placeholder, maxLength, value, onValue }: TextFieldProps) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(input) => (
        <input
          {...input}
          className="text-field"
          required
          maxLength={maxLength}
          placeholder={placeholder}
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}
