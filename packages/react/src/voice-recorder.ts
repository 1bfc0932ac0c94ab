export interface Recording {
  readonly audio: Blob;
  readonly durationMs: number;
}

/** A recording under way. */
export interface VoiceRecorder {
  /** How loud it is now, 0 to 1. */
  level(): number;
  /** Ends the recording and lets go of the microphone. */
  finish(): Promise<Recording>;
  /** Throws the recording away and lets go of the microphone. */
  discard(): void;
}

const kinds = ['audio/webm', 'audio/mp4', 'audio/ogg'];

/** Whether this browser can record, and this page may ask for the microphone. */
export function canRecord(): boolean {
  return typeof MediaRecorder !== 'undefined' && navigator.mediaDevices !== undefined;
}

/** Starts recording. Throws a `DOMException` when the person or the browser refuses the microphone. */
export async function startRecording(): Promise<VoiceRecorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
  const recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType });
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  const ended = new Promise<void>((resolve) => {
    recorder.addEventListener('stop', () => resolve(), { once: true });
  });
  const meter = openMeter(stream);
  const startedAt = performance.now();
  recorder.start();

  function letGo(): void {
    if (recorder.state !== 'inactive') recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    meter.close();
  }

  return {
    level: meter.level,
    async finish() {
      const durationMs = performance.now() - startedAt;
      letGo();
      await ended;
      // Without its codecs: what the server compares with what it takes.
      const type = (recorder.mimeType.split(';')[0] ?? '').trim();
      return { audio: new Blob(pieces, { type }), durationMs };
    },
    discard: letGo,
  };
}

function openMeter(stream: MediaStream): { level(): number; close(): void } {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      return Math.min(1, Math.max(...samples.map(Math.abs)));
    },
    close: () => void context.close(),
  };
}
