import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openUpstream } from './adapters/openai-upstream.ts';
import { createRecordedGenerator } from './adapters/recorded.ts';
import { createRetrievalGenerator } from './adapters/retrieval.ts';
import type { GenerationAsk, Generator } from './generator.ts';
import { says, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

interface Subject {
  readonly generator: Generator;
  /** Has nothing to say to the question, or null where there always is something. */
  readonly silent: Generator | null;
  close(): Promise<void>;
}

const texts = ['First answer.', 'Second answer.', 'Third answer.', 'Fourth answer.'];
let server: TestUpstream;

const subjects: Record<string, () => Promise<Subject>> = {
  async upstream() {
    server.script(says('An answer.'));
    const settings = { url: server.url, apiKey: undefined, models: ['m'], timeoutMs: 5_000, retries: 0 };
    const generator = openUpstream(settings);
    return { generator, silent: null, close: () => generator.close() };
  },
  async recorded() {
    const recordings = texts.map((text) => ({ text, generation_method: 'passage' }));
    const generator = createRecordedGenerator(async (_, __, limit) => recordings.slice(0, limit));
    return { generator, silent: createRecordedGenerator(async () => []), close: async () => undefined };
  },
  async retrieval() {
    const passages = texts.map((text, index) => ({ documentId: text, text, similarity: 1 - index / 10 }));
    const generator = createRetrievalGenerator(async (_, __, limit) => passages.slice(0, limit), noSources);
    return {
      generator,
      silent: createRetrievalGenerator(async () => [], noSources),
      close: async () => undefined,
    };
  },
};

const noSources = async () => new Map();

function askFor(candidates: number): GenerationAsk {
  const messages = [{ role: 'user' as const, content: 'Well?' }];
  const request = { model: 'attune', messages };
  return { organization: 'default', query: 'Well?', messages, request, model: null, candidates };
}

before(async () => {
  server = await startUpstream();
});
after(() => server.close());

for (const [name, open] of Object.entries(subjects)) {
  describe(`generator contract: ${name}`, () => {
    let subject: Subject;
    const signal = new AbortController().signal;
    before(async () => {
      subject = await open();
    });
    after(() => subject.close());

    test('offers as many drafts as are asked for, at least, with a policy and a method each', async () => {
      const { drafts, policy } = await subject.generator.draft(askFor(3), signal);
      assert.ok(drafts.length >= 3);
      assert.ok(policy.length > 0);
      assert.ok(drafts.every(({ method }) => method.length > 0));
    });

    test('a draft becomes a text with a reason for its end', async () => {
      const { drafts } = await subject.generator.draft(askFor(2), signal);
      for (const draft of drafts) {
        const generation = await draft.generate(signal);
        assert.ok(generation.text.length > 0);
        assert.equal(generation.finishReason, 'stop');
        assert.equal(generation.callsTools, false);
      }
    });

    test('a draft that streams gives the same text in parts', async () => {
      const { drafts } = await subject.generator.draft(askFor(1), signal);
      const [draft] = drafts;
      if (draft?.stream === undefined) return;
      let text = '';
      let end: string | null = null;
      for await (const part of await draft.stream(signal)) {
        text += part.text;
        end = part.finishReason ?? end;
      }
      assert.deepEqual([text, end], [(await draft.generate(signal)).text, 'stop']);
    });

    test('nothing to say is no drafts, not an error', async () => {
      if (subject.silent === null) return;
      assert.deepEqual((await subject.silent.draft(askFor(3), signal)).drafts, []);
    });
  });
}
