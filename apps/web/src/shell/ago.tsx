import { agoText, momentText } from './time-text.ts';

/** How long ago something was; the exact time on hover. */
export function Ago({ at, className }: { at: string; className?: string }) {
  return (
    <time dateTime={at} title={momentText(at)} className={className}>
      {agoText(at, new Date())}
    </time>
  );
}
