import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FeedbackInput } from '@attune/contracts';
import { revised, sameStatement } from './statement.ts';

const response_id = '019aa2f0-0000-7000-8000-000000000001';

function said(...submissions: Record<string, unknown>[]) {
  let statement: ReturnType<typeof revised> | null = null;
  for (const one of submissions) statement = revised(statement, FeedbackInput.parse({ response_id, ...one }));
  assert.ok(statement);
  return statement;
}

describe('the type of feedback', () => {
  const cases: [Record<string, unknown>, string][] = [
    [{ thumbs: 'up' }, 'thumbs_up'],
    [{ thumbs: 'down' }, 'thumbs_down'],
    [{ rating: 4 }, 'rating'],
    [{ rating: 4, comment: 'good' }, 'detailed'],
    [{ rating: 4, thumbs: 'up' }, 'detailed'],
    [{ rating_dimensions: { accuracy: 2 } }, 'detailed'],
    [{ comment: 'hm' }, 'detailed'],
    [{ safety_issue: true }, 'detailed'],
    [{ rating: 1, comment: 'no', correction: 'better' }, 'correction'],
    [{ rating: 4, comment: 'spoken', feedback_type: 'voice' }, 'voice'],
  ];
  for (const [input, type] of cases) {
    test(`${JSON.stringify(input)} is ${type}`, () => assert.equal(said(input).type, type));
  }

  test('thumbs_up as a type says thumbs up', () =>
    assert.equal(said({ feedback_type: 'thumbs_up' }).thumbs, 'up'));
});

describe('speaking again', () => {
  test('replaces what is named and keeps the rest', () => {
    const now = said(
      { rating: 2, comment: 'dated', rating_dimensions: { accuracy: 1, clarity: 4 } },
      { rating: 3, rating_dimensions: { accuracy: 3 } },
    );
    assert.equal(now.rating, 3);
    assert.equal(now.comment, 'dated');
    assert.deepEqual(now.dimensions, { accuracy: 3, clarity: 4 });
  });

  test('thumbs that contradict earlier stars replace them, thumbs that agree do not', () => {
    assert.equal(said({ rating: 5 }, { thumbs: 'down' }).rating, null);
    assert.equal(said({ rating: 5 }, { thumbs: 'up' }).rating, 5);
    assert.equal(said({ thumbs: 'up' }, { rating: 1 }).thumbs, null);
    assert.equal(said({ thumbs: 'up' }, { rating: 3 }).thumbs, 'up');
  });

  test('takes back a comment and a safety report', () => {
    const now = said(
      { rating: 1, comment: 'bad', safety_issue: true },
      { rating: 1, comment: '', safety_issue: false },
    );
    assert.equal(now.comment, null);
    assert.equal(now.safetyIssue, false);
    assert.equal(now.type, 'rating');
  });

  test('the same words again are the same statement, whatever the order of dimensions', () => {
    const once = said({ rating_dimensions: { accuracy: 1, clarity: 2 } });
    assert.ok(sameStatement(once, said({ rating_dimensions: { clarity: 2, accuracy: 1 } })));
    assert.ok(!sameStatement(once, said({ rating_dimensions: { clarity: 2, accuracy: 3 } })));
  });
});

describe('what is refused', () => {
  const refused: Record<string, unknown>[] = [
    {},
    { rating: 0 },
    { rating: 6 },
    { rating: '5' },
    { rating_dimensions: { accuracy: 9 } },
    { rating_dimensions: { beauty: 3 } },
    { thumbs: 'sideways' },
    { feedback_type: 'thumbs_up', thumbs: 'down' },
    { correction: '' },
    { comment: '' },
    { safety_issue: false },
  ];
  for (const input of refused) {
    test(JSON.stringify(input), () =>
      assert.equal(FeedbackInput.safeParse({ response_id, ...input }).success, false),
    );
  }
});
