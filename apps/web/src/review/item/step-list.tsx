import type { AnswerStep } from '@attune/contracts';
import { BrainCircuit, Wrench } from 'lucide-react';

/** What was done on the way to an answer. */
export function StepList({ steps }: { steps: readonly AnswerStep[] }) {
  return (
    <ol className="space-y-2">
      {steps.map(({ index, kind, title, text }) => (
        <li key={index} className="flex gap-2.5 text-sm">
          {kind === 'tool' ? (
            <Wrench aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
          ) : (
            <BrainCircuit aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
          )}
          <div className="min-w-0">
            <p className="font-medium">
              {index + 1}. {title}
            </p>
            <p className="line-clamp-6 whitespace-pre-wrap text-soft [overflow-wrap:anywhere]">{text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
