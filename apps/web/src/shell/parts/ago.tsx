import { useFormats } from '../../text/use-text.ts';

/** How long ago something was; the exact time on hover. */
export function Ago({ at, className }: { at: string; className?: string }) {
  const { ago, moment } = useFormats();
  return (
    <time dateTime={at} title={moment(at)} className={`whitespace-nowrap ${className ?? ''}`}>
      {ago(at, new Date())}
    </time>
  );
}
