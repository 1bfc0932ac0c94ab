import type { Feedback } from '@attune/contracts';
import { useEffect, useState } from 'react';
import { Icon } from './icons.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { useAttune } from './provider.tsx';
import { spokenIn } from './spoken.ts';
import type { AboutAnswer } from './use-my-feedback.ts';
import { useVoiceNotes } from './use-voice-notes.ts';

/** Spoken feedback: record, play, take back. Transcribed by the server where that is set up. */
export function VoiceNotes(about: AboutAnswer) {
  const { labels } = useAttune();
  const voice = useVoiceNotes(about);
  return (
    <section className="attune-voice" aria-label={labels.voice}>
      {voice.phase === 'recording' ? (
        <div className="attune-row">
          <Loudness level={voice.level} />
          <button type="button" className="attune-main" onClick={() => void voice.finish()}>
            {labels.finish}
          </button>
          <button type="button" className="attune-quiet" onClick={voice.discard}>
            {labels.discard}
          </button>
        </div>
      ) : (
        <button
          type="button"
          className="attune-chip"
          disabled={voice.phase === 'sending'}
          onClick={() => void voice.start()}
        >
          <Icon name="microphone" /> {voice.phase === 'sending' ? labels.saving : labels.record}
        </button>
      )}
      <p role="status" className="attune-status">
        {voice.phase === 'refused' ? labels.noMicrophone : ''}
      </p>
      {voice.notes.map((note) => (
        <VoiceNote key={note.id} note={note} voice={voice} />
      ))}
      <ProblemNotice problem={voice.problem} onDismiss={voice.putProblemAway} />
    </section>
  );
}

interface VoiceNoteProps {
  note: Feedback;
  voice: ReturnType<typeof useVoiceNotes>;
}

function VoiceNote({ note, voice }: VoiceNoteProps) {
  const { labels } = useAttune();
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => () => URL.revokeObjectURL(source ?? ''), [source]);

  async function play(): Promise<void> {
    const bytes = await voice.recording(note.id);
    if (bytes !== null) setSource(URL.createObjectURL(new Blob([Uint8Array.from(bytes)])));
  }

  return (
    <div className="attune-row">
      {source === null ? (
        <button type="button" className="attune-quiet" onClick={() => void play()}>
          {labels.play}
        </button>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: what was said stands beneath, once it is transcribed.
        <audio controls autoPlay src={source} />
      )}
      <Transcript note={note} onAgain={() => void voice.transcribeAgain(note)} />
      <button type="button" className="attune-quiet" onClick={() => void voice.remove(note.target)}>
        {labels.remove}
      </button>
    </div>
  );
}

function Transcript({ note, onAgain }: { note: Feedback; onAgain: () => void }) {
  const { labels } = useAttune();
  const { transcript } = spokenIn(note);
  if (note.text_feedback !== null) return <span>{note.text_feedback}</span>;
  if (transcript === 'pending') return <span>{labels.transcriptPending}</span>;
  if (transcript !== 'failed') return null;
  return (
    <>
      <span>{labels.transcriptFailed}</span>
      <button type="button" className="attune-quiet" onClick={onAgain}>
        {labels.transcribeAgain}
      </button>
    </>
  );
}

function Loudness({ level }: { level: () => number }) {
  const { labels } = useAttune();
  const [now, setNow] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setNow(level()), 100);
    return () => clearInterval(timer);
  }, [level]);
  return <meter aria-label={labels.loudness} min={0} max={1} value={now} />;
}
