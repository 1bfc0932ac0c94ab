import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { ConfigError, dataFolder, exampleEnvironment, readConfig, settings } from './config.ts';

test('nothing set gives every default', () => {
  const config = readConfig({});
  assert.equal(config.ATTUNE_HOST, '127.0.0.1');
  assert.equal(config.ATTUNE_PORT, 7420);
  assert.equal(config.ATTUNE_CANDIDATES, 3);
  assert.equal(config.ATTUNE_THRESHOLD, 0.6);
  assert.equal(config.ATTUNE_FEEDBACK_PER_MINUTE, 10);
  assert.equal(config.ATTUNE_ADAPTIVE, false);
  assert.deepEqual(config.ATTUNE_UPSTREAM_MODELS, []);
  assert.equal(config.DATABASE_URL, undefined);
});

test('a blank setting is one that is not set', () => {
  const config = readConfig({ ATTUNE_PORT: '  ', DATABASE_URL: '', ATTUNE_API_KEY: '' });
  assert.equal(config.ATTUNE_PORT, 7420);
  assert.equal(config.DATABASE_URL, undefined);
  assert.equal(config.ATTUNE_API_KEY, undefined);
});

test('texts become what they stand for', () => {
  const config = readConfig({
    ATTUNE_PORT: '0',
    ATTUNE_THRESHOLD: '0.75',
    ATTUNE_ADAPTIVE: 'yes',
    ATTUNE_UPSTREAM_MODELS: ' small, large ,, ',
    PATH: '/bin',
  });
  assert.equal(config.ATTUNE_PORT, 0);
  assert.equal(config.ATTUNE_THRESHOLD, 0.75);
  assert.equal(config.ATTUNE_ADAPTIVE, true);
  assert.deepEqual(config.ATTUNE_UPSTREAM_MODELS, ['small', 'large']);
  assert.ok(!('PATH' in config));
});

test('every setting that cannot be used is named, and its value is not shown', () => {
  const wrong = {
    ATTUNE_PORT: '70000',
    ATTUNE_LOG_LEVEL: 'loud',
    ATTUNE_THRESHOLD: 'high',
    ATTUNE_ADAPTIVE: 'maybe',
    ATTUNE_PUBLIC_URL: 'ftp://example.com',
    ATTUNE_UPSTREAM_URL: 'localhost:8000',
    ATTUNE_CANDIDATES: '2.5',
    DATABASE_URL: 'mysql://admin:hunter2@db/attune',
    REDIS_URL: 'http://cache',
  };
  assert.throws(
    () => readConfig(wrong),
    (error) => {
      assert.ok(error instanceof ConfigError);
      for (const name of Object.keys(wrong)) assert.match(error.message, new RegExp(`^  ${name}: `, 'm'));
      assert.ok(!error.message.includes('hunter2'));
      return true;
    },
  );
});

test('every setting is documented, and its example can be used', () => {
  const example = exampleEnvironment();
  for (const [name, { doc, example: value }] of Object.entries<{ doc: string; example?: string }>(settings)) {
    assert.match(doc, /^[A-Z].+\.$/s, name);
    assert.match(example, new RegExp(`^# ${name}=`, 'm'));
    if (value !== undefined) assert.doesNotThrow(() => readConfig({ [name]: value }), name);
  }
  const lines = example.split('\n').filter((line) => /^# [A-Z_]+=/.test(line));
  const given = Object.fromEntries(lines.map((line) => line.slice(2).split('=', 2)));
  assert.deepEqual(Object.keys(given), Object.keys(settings));
});

test('the data folder is absolute; ~ is the home folder', () => {
  assert.equal(dataFolder({ ATTUNE_DATA: './x' }), resolve('x'));
  assert.equal(dataFolder({ ATTUNE_DATA: '~/x' }), join(homedir(), 'x'));
  assert.equal(dataFolder({ ATTUNE_DATA: '~' }), homedir());
  assert.equal(dataFolder({ ATTUNE_DATA: '/srv/~x' }), '/srv/~x');
});
