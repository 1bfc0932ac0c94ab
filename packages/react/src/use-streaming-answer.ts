import { useEffect, useState, useSyncExternalStore } from 'react';
import { openStreamingAnswer, type StreamedAnswer, type StreamingAnswer } from './streaming-answer.ts';

/** An answer that comes word by word; it is let go when the component leaves the page. */
export function useStreamingAnswer(): [StreamedAnswer, StreamingAnswer] {
  const [answer] = useState(openStreamingAnswer);
  useEffect(() => answer.stop, [answer]);
  return [useSyncExternalStore(answer.subscribe, answer.state, answer.state), answer];
}
