import { type ReactNode, useId } from 'react';

/** A part of a report under its heading. */
export function ReportSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-3 font-medium font-serif text-xl">
        {title}
      </h2>
      {children}
    </section>
  );
}
