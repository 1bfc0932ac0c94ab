import { type ReactNode, useId } from 'react';

interface FieldProps {
  label: string;
  hint?: string;
  /** What is wrong with what was typed. */
  error?: string | null;
  /** Draws the input with these attributes, which tie it to its label, hint and error. */
  children: (input: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
  }) => ReactNode;
}

/** A labelled input with its hint, and the error in its place. */
export function Field({ label, hint, error = null, children }: FieldProps) {
  const id = useId();
  const about = error ?? hint;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': about === undefined ? undefined : `${id}-about`,
        'aria-invalid': error !== null,
      })}
      {about !== undefined && (
        <p
          id={`${id}-about`}
          {...(error !== null && { role: 'alert' })}
          className={`mt-1 text-xs ${error === null ? 'text-faint' : 'text-bad'}`}
        >
          {about}
        </p>
      )}
    </div>
  );
}
