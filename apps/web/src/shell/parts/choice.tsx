interface ChoiceProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onValue: (value: Value) => void;
}

/** One of a few values, as the system's own list. */
export function Choice<Value extends string>({ label, options, value, onValue }: ChoiceProps<Value>) {
  return (
    <select
      aria-label={label}
      className="line-button pr-2"
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen !== undefined) onValue(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
