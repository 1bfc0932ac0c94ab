import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, emptyDraft, isChanged, newPairOf, obstacleOf, swapped } from './pair-draft.ts';

const draft = { ...emptyDraft, query: 'Why?', chosen_response: 'Because.', rejected_response: 'No.' };

test('only what was changed is sent, and empty notes are taken away', () => {
  assert.deepEqual(changesOf(draft, draft), {});
  assert.equal(isChanged(draft, { ...draft, annotation_notes: '  ' }), false);
  assert.deepEqual(changesOf(draft, swapped(draft)), {
    chosen_response: 'No.',
    rejected_response: 'Because.',
  });
  assert.deepEqual(changesOf(draft, { ...draft, query_context: 'user: How?' }), {
    query_context: 'user: How?',
  });
  const noted = { ...draft, annotation_notes: 'unsure' };
  assert.deepEqual(changesOf(noted, { ...noted, annotation_notes: '', preference_strength: 0.5 }), {
    annotation_notes: null,
    preference_strength: 0.5,
  });
});

test('documents without a text are not sent, nor empty titles and addresses', () => {
  const context_documents = [
    { title: '', text: 'Facts.', url: '' },
    { title: 'Nothing', text: ' ', url: '' },
  ];
  assert.deepEqual(newPairOf({ ...draft, context_documents }).context_documents, [{ text: 'Facts.' }]);
});

test('a pair needs three texts and two different answers', () => {
  assert.equal(obstacleOf(draft), null);
  assert.equal(obstacleOf({ ...draft, query: ' ' }), 'empty');
  assert.equal(obstacleOf({ ...draft, rejected_response: 'Because.' }), 'same');
});
