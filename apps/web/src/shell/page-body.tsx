import type { ReactNode } from 'react';

/** The scrolling area of a page that reads from top to bottom. */
export function PageBody({ children }: { children: ReactNode }) {
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-5xl px-4 py-6 sm:px-8 sm:py-10">{children}</div>
    </div>
  );
}
