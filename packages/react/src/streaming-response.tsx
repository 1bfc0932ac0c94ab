import type { ReactNode } from 'react';
import { ProblemNotice } from './problem-notice.tsx';
import { useAttune } from './provider.tsx';
import type { StreamedAnswer, StreamingAnswer } from './streaming-answer.ts';

export interface StreamingResponseProps {
  /** The two that `useStreamingAnswer` gives. */
  answer: StreamedAnswer;
  control: StreamingAnswer;
  /** How the text is shown; as plain text unless given. What a model wrote is never to be trusted as HTML. */
  render?: (text: string) => ReactNode;
  /** Shown beneath a complete answer: feedback, for one. */
  children?: ReactNode;
}

/** An answer as it comes, with a way to stop it; one that breaks off keeps its text and can be asked for again. */
export function StreamingResponse({ answer, control, render = plain, children }: StreamingResponseProps) {
  const { labels } = useAttune();
  const { status, text, problem } = answer;
  const words = {
    idle: '',
    waiting: labels.waiting,
    streaming: '',
    done: '',
    stopped: labels.stopped,
    broken: labels.broken,
  };
  const coming = status === 'waiting' || status === 'streaming';
  return (
    <div className="attune-answer" aria-busy={coming}>
      {text !== '' && render(text)}
      <p role="status" className="attune-status">
        {words[status]}
      </p>
      {coming && (
        <button type="button" className="attune-chip" onClick={control.stop}>
          {labels.stop}
        </button>
      )}
      {(status === 'broken' || status === 'stopped') && (
        <button type="button" className="attune-chip" onClick={() => void control.retry()}>
          {labels.retry}
        </button>
      )}
      <ProblemNotice problem={problem} />
      {status === 'done' && children}
    </div>
  );
}

function plain(text: string): ReactNode {
  return <div className="attune-text">{text}</div>;
}
