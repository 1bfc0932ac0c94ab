import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coherenceCheck, lengthCheck } from '../index.ts';

const sentence = 'Vaccines teach the immune system to recognise a virus without the illness that it causes. ';
const judge = (text: string, query = 'How do vaccines work?', finish_reason: string | null = null) =>
  coherenceCheck().run({ query, text, finish_reason });

test('length counts words and scores by how far outside the limits an answer is', () => {
  const check = lengthCheck({ minWords: 4, maxWords: 10 });
  assert.deepEqual(check.run({ query: '', text: 'one two' }), {
    check: 'length',
    passed: false,
    score: 0.5,
    reasons: ['too_short'],
  });
  assert.equal(check.run({ query: '', text: 'word '.repeat(20) }).score, 0.5);
  assert.equal(check.run({ query: '', text: 'word '.repeat(10) }).passed, true);
  assert.deepEqual(lengthCheck().run({ query: '', text: ' \n… ' }).reasons, ['too_short']);
});

test('sound answers are coherent', () => {
  const sound = [
    'Paris',
    '42.',
    sentence,
    'Do these:\n- wash your hands for twenty seconds with soap and water\n- keep the windows of your rooms open',
    'Run it. Then look:\n```sh\nls -l\n```',
    '| a | b |\n|---|---|\n| the first of a row of many cells in a table | two |',
    'He said: “It works. Everything that we have tried so far has worked very well.”',
  ];
  for (const text of sound) assert.deepEqual(judge(text).reasons, [], text);
});

test('repetition of phrases or lines is found', () => {
  assert.deepEqual(judge(sentence.repeat(4)).reasons, ['repetitive']);
  const lines = ['wash your hands', 'open the window', 'wear a mask'].join('\n');
  assert.deepEqual(judge(`${lines}\n${lines}\n${lines}\n${lines}`).reasons, ['repetitive']);
  assert.ok(judge(sentence.repeat(4)).score < 0.5);
});

test('an answer that breaks off is found', () => {
  const broken = `${sentence}They do so by showing it a harmless part of the`;
  assert.deepEqual(judge(broken).reasons, ['truncated']);
  assert.deepEqual(judge(broken, 'q', 'stop').reasons, []);
  assert.deepEqual(judge('Paris', 'q', 'length').reasons, ['truncated']);
  assert.deepEqual(judge('Run this. Then look:\n```sh\nls -l').reasons, ['truncated']);
});

test('an answer in another script is found, quoted code and short words are not', () => {
  assert.deepEqual(judge('Вакцины учат иммунную систему узнавать вирус.').reasons, ['language_mismatch']);
  assert.deepEqual(judge('ワクチンは免疫系にウイルスを認識させます。').reasons, ['language_mismatch']);
  assert.deepEqual(judge('Вакцины учат иммунную систему.', 'Как работают вакцины?').reasons, []);
  assert.deepEqual(judge('Use `print("привет, как дела, друзья")` to greet.').reasons, []);
  assert.deepEqual(judge('привет', 'How do you say hello in Russian?').reasons, []);
});
