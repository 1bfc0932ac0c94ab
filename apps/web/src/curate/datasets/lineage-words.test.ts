import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineageWords } from './lineage-words.ts';

const names = {
  feedbackTypes: { rating: 'Đánh giá' },
  methods: { direct: 'từ điểm' },
  jobStatuses: { completed: 'đã xong' },
  modelStatuses: { deployed: 'đã triển khai' },
};

test('nodes are said in words, codes that have none as they are', () => {
  const node = (kind: 'feedback' | 'pair' | 'model' | 'job', label: string, facts: string[]) =>
    lineageWords({ kind, id: 'x', label, facts }, names);
  assert.equal(node('feedback', 'Why?', ['rating', '4']), 'Đánh giá 4 ★ · Why?');
  assert.equal(node('feedback', 'Why?', ['voice']), 'voice · Why?');
  assert.equal(node('pair', 'Why?', ['direct']), 'từ điểm · Why?');
  assert.equal(node('job', 'health', ['completed']), 'health (đã xong)');
  assert.equal(node('model', 'health@1.0.0', ['deployed']), 'health@1.0.0 (đã triển khai)');
});
