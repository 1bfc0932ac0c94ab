import type { ReactNode } from 'react';
import { Brand } from '../shell/brand.tsx';

/** A page for people who are not signed in. */
export function StrangerPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-full place-content-center justify-items-center px-4 py-12">
      <div className="mb-8">
        <Brand />
      </div>
      <section className="card w-full max-w-md p-8 text-soft shadow-card">
        <h1 className="mb-3 font-medium font-serif text-2xl text-ink">{title}</h1>
        {children}
      </section>
    </main>
  );
}
