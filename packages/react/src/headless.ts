export { saidOfAnswer } from './about-answer.ts';
export {
  type CompareOffer,
  comparisonTarget,
  sidesOf,
  type Verdict,
  verdictOn,
  voteOf,
} from './comparison.ts';
export { differences, type Piece } from './differences.ts';
export { english, type Labels, vietnamese } from './labels.ts';
export * from './my-feedback.ts';
export { newNoteId, notesOf, type ShownNote } from './notes.ts';
export { type Problem, problemOf } from './problem.ts';
export { type Passage, passageAt, rangeOfPassage, selectedPassage } from './quote-of-selection.ts';
export { type Said, type Saying, saidAfter, saidIn, saysSomething, type Thumbs } from './said.ts';
export { sentencesOf } from './sentences.ts';
export { type Spoken, spokenIn } from './spoken.ts';
export { markOfStep, stepTarget } from './step-marks.ts';
export * from './streaming-answer.ts';
export * from './voice-recorder.ts';
