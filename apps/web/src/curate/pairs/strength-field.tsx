import { Field } from '../../shell/parts/field.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

interface StrengthFieldProps {
  value: number;
  readOnly: boolean;
  onValue: (value: number) => void;
}

/** How much better the chosen answer is, from 0 to 1. */
export function StrengthField({ value, readOnly, onValue }: StrengthFieldProps) {
  const t = useText(text).edit;
  const { decimal } = useFormats();
  return (
    <Field label={t.strength} hint={t.strengthHint}>
      {(input) => (
        <div className="flex min-h-11 items-center gap-4">
          <input
            {...input}
            type="range"
            min={0}
            max={1}
            step={0.05}
            disabled={readOnly}
            value={value}
            className="min-w-0 flex-1"
            onChange={(event) => onValue(event.target.valueAsNumber)}
          />
          <output htmlFor={input.id} className="w-10 text-right font-medium tabular-nums">
            {decimal(value, 2)}
          </output>
        </div>
      )}
    </Field>
  );
}
