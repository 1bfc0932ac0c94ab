import { useEffect, useRef } from 'react';
import { CopyButton } from '../shell/parts/copy-button.tsx';

/** A secret that is shown this once, to be copied. */
export function ShownOnce({ label, value, about }: { label: string; value: string; about: string }) {
  const field = useRef<HTMLInputElement>(null);
  // It takes the place of a form that was typed in: the reader goes on here.
  useEffect(() => field.current?.focus(), []);
  return (
    <div>
      <div className="flex gap-2">
        <input
          ref={field}
          aria-label={label}
          className="text-field font-mono text-xs"
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
        />
        <CopyButton value={value} />
      </div>
      <p className="mt-2 text-soft text-sm">{about}</p>
    </div>
  );
}
