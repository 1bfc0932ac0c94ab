import {
  AttuneError,
  type ComparisonVote,
  type FeedbackInput,
  type InlineNote,
  type StepMark,
} from '@attune/contracts';
import { anchor } from '@attune/core';
import { newId } from '../platform/ids.ts';
import type { Answer } from './answers.ts';
import type { Remark } from './said.ts';

/**
 * The remark on a part of the answer that a submission holds, checked against the answer; null when it is about the
 * answer as a whole.
 * @throws AttuneError `step_not_found`, `quote_not_found`, `candidate_not_found`
 */
export function remarkIn(input: FeedbackInput, answer: Answer): Remark | null {
  if (input.step !== undefined) return stepRemark(input.step, answer);
  if (input.note !== undefined) return noteRemark(input.note, answer);
  return input.comparison === undefined ? null : comparisonRemark(input.comparison, input, answer);
}

/**
 * A mark keeps the step's words, so that it can be read without the answer's log. An application whose steps Attune
 * never saw may mark them all the same.
 */
function stepRemark(mark: StepMark, { steps }: Answer): Remark {
  const step = steps.find(({ index, kind }) => index === mark.index && kind === mark.kind);
  if (step === undefined && steps.length > 0)
    throw new AttuneError('step_not_found', { param: 'step.index' });
  const words = step === undefined ? {} : { title: step.title, text: step.text };
  return {
    target: `step:${mark.index}`,
    type: 'step',
    value: { step: { ...mark, ...words } },
    comment: mark.comment || null,
    tags: [],
  };
}

/** The position that is kept counts in the answer's raw text, whatever rendering the client counted in. */
function noteRemark(given: InlineNote, { response }: Answer): Remark {
  const position = anchor(response, given.quote, given.position);
  if (position === null) throw new AttuneError('quote_not_found', { param: 'note.quote.exact' });
  const id = given.id?.toLowerCase() ?? newId();
  return {
    target: `note:${id}`,
    type: 'inline',
    value: { note: { ...given, id, position } },
    comment: given.comment || null,
    tags: [],
  };
}

/** A vote keeps both texts: late candidates and retention can change the answer's log. */
function comparisonRemark(vote: ComparisonVote, input: FeedbackInput, { candidates }: Answer): Remark {
  const textOf = (side: 'left' | 'right') => {
    const candidate = candidates.find(({ id }) => id === vote[side]);
    if (candidate === undefined)
      throw new AttuneError('candidate_not_found', { param: `comparison.${side}` });
    return candidate.text;
  };
  const comparison = { ...vote, left_text: textOf('left'), right_text: textOf('right') };
  const { reasons = [], tags = [], comment } = input;
  return {
    target: `comparison:${[vote.left, vote.right].sort().join(',')}`,
    type: 'comparison',
    value: { comparison, ...(reasons.length > 0 && { reasons }) },
    comment: comment || null,
    tags,
  };
}
