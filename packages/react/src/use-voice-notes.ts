import type { Feedback } from '@attune/contracts';
import { useEffect, useRef, useState } from 'react';
import { spokenIn } from './spoken.ts';
import { type AboutAnswer, useMyFeedback } from './use-my-feedback.ts';
import { startRecording, type VoiceRecorder } from './voice-recorder.ts';

/** How often one looks whether a recording is transcribed, in milliseconds. */
const LOOK_AGAIN_MS = 2000;

/** Spoken feedback on an answer. */
export function useVoiceNotes(about: AboutAnswer) {
  const [state, store] = useMyFeedback(about);
  const recorder = useRef<VoiceRecorder | null>(null);
  const [phase, setPhase] = useState<'idle' | 'recording' | 'sending' | 'refused'>('idle');
  useEffect(() => () => recorder.current?.discard(), []);
  const notes = [...state.kept.values()].filter(({ feedback_type }) => feedback_type === 'voice');
  const waits = notes.some((note) => spokenIn(note).transcript === 'pending');
  const { load } = store;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void load(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits, load]);

  async function start(): Promise<void> {
    try {
      recorder.current = await startRecording();
      setPhase('recording');
    } catch {
      // The browser's own words on this are for developers; what a person can do about it is always the same.
      setPhase('refused');
    }
  }

  async function finish(): Promise<void> {
    if (recorder.current === null) return;
    setPhase('sending');
    const { audio, durationMs } = await recorder.current.finish();
    recorder.current = null;
    await store.sayAloud(audio, durationMs);
    setPhase('idle');
  }

  function discard(): void {
    recorder.current?.discard();
    recorder.current = null;
    setPhase('idle');
  }

  return {
    notes,
    phase,
    start,
    finish,
    discard,
    /** Loudness now, 0 to 1. */
    level: () => recorder.current?.level() ?? 0,
    recording: store.recording,
    /** Reads again what the server keeps, as for a transcript that takes a while. */
    reload: load,
    /** Asks once more for the text of a recording that could not be transcribed. */
    transcribeAgain: (note: Feedback) => store.transcribeAgain(note.id),
    remove: (target: string) => store.takeBack(target),
    problem: state.problem,
    putProblemAway: store.putProblemAway,
  };
}
