import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What a list says while there is nothing in it, and how to get something. */
export function Empty({
  icon: Icon,
  title,
  children,
}: {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className="card grid justify-items-center gap-1 px-6 py-14 text-center">
      <Icon aria-hidden className="mb-2 size-7 text-faint" strokeWidth={1.5} />
      <p className="font-medium">{title}</p>
      <p className="max-w-md text-soft text-sm">{children}</p>
    </div>
  );
}
