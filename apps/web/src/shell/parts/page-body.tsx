import type { ReactNode } from 'react';

/**
 * The scrolling area of a page that reads from top to bottom. What is placed absolutely in it (words for screen readers)
 * belongs to it: else it would make the window itself scroll.
 */
export function PageBody({ children }: { children: ReactNode }) {
  return (
    <div className="relative h-full overflow-y-auto">
      <div className="mx-auto max-w-5xl px-4 py-6 sm:px-8 sm:py-10">{children}</div>
    </div>
  );
}
