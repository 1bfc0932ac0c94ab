import type { ReviewContext } from '@attune/contracts';
import { ClippedText } from '../../serve/model-text/clipped-text.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { CandidateView } from './candidate-view.tsx';
import { type ContextPart, candidatesOf, turnsBefore, workOf } from './context-parts.ts';
import { DecisionList } from './decision-list.tsx';
import { EarlierWords } from './earlier-words.tsx';
import { Folded } from './folded.tsx';
import { PersonSaid } from './person-said.tsx';
import { SimilarItems } from './similar-items.tsx';
import { StatusChip } from './status-chip.tsx';
import { StepList } from './step-list.tsx';

interface ItemContextProps {
  context: ReviewContext;
  open: ReadonlySet<ContextPart>;
  onOpen: (part: ContextPart, open: boolean) => void;
}

/** What led to the answer and what else is known of it, each part folded away until somebody asks. */
export function ItemContext({ context, open, onOpen }: ItemContextProps) {
  const t = useText(text).context;
  const { steps, sources } = workOf(context);
  const candidates = candidatesOf(context);
  const turns = turnsBefore(context);
  const folding = (part: ContextPart) => ({
    title: t[part],
    open: open.has(part),
    onOpen: (now: boolean) => onOpen(part, now),
  });
  return (
    <div>
      {context.answer === null && <p className="pb-3 text-faint text-sm">{t.noAnswer}</p>}
      <Folded {...folding('conversation')} count={turns.length}>
        <ol className="space-y-3">
          {turns.map(({ role, content }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a logged conversation never changes.
            <li key={index}>
              <p className="eyebrow">
                {role === 'user' || role === 'assistant' ? t.roles[role] : t.roles.system}
              </p>
              <ClippedText longer={600}>{content}</ClippedText>
            </li>
          ))}
        </ol>
      </Folded>
      <Folded {...folding('candidates')} count={candidates.length}>
        <ol className="space-y-2.5">
          {candidates.map((ranked) => (
            <CandidateView key={ranked.candidate.id} {...ranked} />
          ))}
        </ol>
      </Folded>
      <Folded {...folding('steps')} count={steps.length}>
        <StepList steps={steps} />
      </Folded>
      <Folded {...folding('sources')} count={sources.length}>
        <ol className="list-decimal space-y-1 pl-5 text-sm">
          {sources.map(({ document_id, title, url }) => (
            <li key={document_id}>
              {title}
              {url !== null && (
                <span className="ml-2 text-faint text-xs [overflow-wrap:anywhere]">{url}</span>
              )}
            </li>
          ))}
        </ol>
      </Folded>
      <Folded {...folding('earlier')} count={context.earlier.length}>
        <EarlierWords earlier={context.earlier} />
      </Folded>
      <Folded {...folding('others')} count={context.others.length}>
        <ul className="space-y-3">
          {context.others.map((other) => (
            <li key={other.id} className="rounded-xl border border-line p-3">
              <div className="mb-1 flex justify-between gap-2 text-faint text-xs">
                {other.user_id ?? ''} <StatusChip status={other.status} />
              </div>
              <PersonSaid feedback={other} />
            </li>
          ))}
        </ul>
      </Folded>
      <Folded {...folding('similar')} count={context.similar.length}>
        <SimilarItems items={context.similar} />
      </Folded>
      <Folded {...folding('decisions')} count={context.decisions.length}>
        <DecisionList decisions={context.decisions} />
      </Folded>
    </div>
  );
}
