import type { ReactNode } from 'react';
import { usePageTitle } from '../use-page-title.ts';

/** Title of a page, what it is for in a sentence, and what can be done beside it. */
export function PageHead({ title, about, children }: { title: string; about: string; children?: ReactNode }) {
  usePageTitle(title);
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div>
        <h1 className="font-medium font-serif text-3xl tracking-tight">{title}</h1>
        <p className="mt-1 max-w-prose text-pretty text-soft">{about}</p>
      </div>
      {children}
    </header>
  );
}
