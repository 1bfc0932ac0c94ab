import { useState } from 'react';
import { ModelText } from '../../../serve/model-text.tsx';
import { Field } from '../../../shell/parts/field.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';

/** Guidelines as Markdown, written or as judges read them. */
export function GuidelinesField({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const t = useText(text).settings;
  const [reading, setReading] = useState(false);
  return (
    <div className="relative">
      <button
        type="button"
        className="quiet-button absolute -top-1.5 right-0"
        onClick={() => setReading(!reading)}
      >
        {reading ? t.write : t.read}
      </button>
      {reading ? (
        <>
          <p className="mb-1 font-medium text-sm">{t.guidelines}</p>
          <div className="card min-h-40 px-4 py-3">
            <ModelText text={value} />
          </div>
        </>
      ) : (
        <Field label={t.guidelines} hint={t.guidelinesHint}>
          {(input) => (
            <textarea
              {...input}
              className="text-field min-h-40 font-mono text-sm"
              maxLength={50_000}
              value={value}
              onChange={(event) => onValue(event.target.value)}
            />
          )}
        </Field>
      )}
    </div>
  );
}
