import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { endpoints } from '@attune/contracts';
import { askWhole, logged, question, readStream } from './testing/answers-of.ts';
import { GOOD } from './testing/test-model.ts';
import { openTestRoom, type TestRoom } from './testing/test-room.ts';
import {
  chunk,
  completion,
  json,
  type Script,
  startUpstream,
  type TestUpstream,
} from './testing/test-upstream.ts';

const reasoning = 'The user has a cold.\n\n1. Rest helps.\n2. So does water.';
const titles = ['The user has a cold.', '1. Rest helps.', '2. So does water.'];
const call = (name: string, given: string, more = {}) => ({ function: { name, arguments: given }, ...more });

/** Streams the parts of an answer. */
function streams(...deltas: object[]): Script {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const delta of deltas) response.write(chunk(delta));
    response.write(chunk({}, 'stop'));
    response.end('data: [DONE]\n\n');
  };
}

describe('steps of an answer', () => {
  let upstream: TestUpstream;
  let room: TestRoom;
  before(async () => {
    upstream = await startUpstream();
    room = await openTestRoom('pglite', { ATTUNE_UPSTREAM_URL: upstream.url });
  });
  after(async () => {
    await room.close();
    await upstream.close();
  });
  const ask = (more: object = {}) => question('What helps?', { attune: { candidates: 1 }, ...more });

  for (const field of ['reasoning_content', 'reasoning']) {
    test(`are its ${field}, in parts`, async () => {
      upstream.script((_, response) => json(response, 200, completion(GOOD, 'tiny', { [field]: reasoning })));
      const { attune } = await askWhole(room, ask());
      const [candidate] = (await logged(room, attune)).all_candidates;
      assert.deepEqual(
        candidate?.steps?.map(({ index, kind, title }) => [index, kind, title]),
        titles.map((title, index) => [index, 'reasoning', title]),
      );
    });
  }

  test('are the tools that it calls', async () => {
    const tool_calls = [call('search', '{"q":"cold"}', { id: 'a', type: 'function' })];
    upstream.script((_, response) =>
      json(response, 200, completion(null, 'tiny', { tool_calls, reasoning: 'Look it up.' }, 'tool_calls')),
    );
    const tools = [{ type: 'function', function: { name: 'search' } }];
    const { attune } = await askWhole(room, ask({ tools }));
    assert.deepEqual((await logged(room, attune)).all_candidates[0]?.steps, [
      { index: 0, kind: 'reasoning', title: 'Look it up.', text: 'Look it up.' },
      { index: 1, kind: 'tool', title: 'search', text: '{"q":"cold"}' },
    ]);
  });

  test('are put together again from a stream', async () => {
    upstream.script(
      streams(
        { reasoning_content: 'Look ' },
        { reasoning_content: 'it up.\n\nThen answer.' },
        { tool_calls: [call('se', '', { index: 0 }), call('other', '{}', { index: 1 })] },
        { tool_calls: [call('arch', '{"q":', { index: 0 })] },
        { tool_calls: [{ index: 0, function: { arguments: '"cold"}' } }, { nonsense: true }] },
        { content: GOOD },
      ),
    );
    const { events } = await readStream(await room.call('chatCompletions', { body: ask({ stream: true }) }));
    const attune = events.find((event) => event.attune !== undefined)?.attune;
    assert.ok(attune);
    assert.deepEqual(
      (await logged(room, attune)).all_candidates[0]?.steps?.map(({ kind, title, text }) => [
        kind,
        title,
        text,
      ]),
      [
        ['reasoning', 'Look it up.', 'Look it up.'],
        ['reasoning', 'Then answer.', 'Then answer.'],
        ['tool', 'search', '{"q":"cold"}'],
        ['tool', 'other', '{}'],
      ],
    );
  });

  test('are left out where there were none, or none that can be read', async () => {
    upstream.script((_, response) =>
      json(response, 200, completion(GOOD, 'tiny', { reasoning: { odd: 1 }, tool_calls: [] })),
    );
    const { attune } = await askWhole(room, ask());
    const [candidate] = (await logged(room, attune)).all_candidates;
    assert.ok(candidate !== undefined && !('steps' in candidate));
  });

  test('of an answer from documents are the search and what it found', async () => {
    const document = { title: 'Colds', url: 'https://example.com/colds', text: 'Rest helps against a cold.' };
    const added = await room.call('addDocuments', { body: { documents: [document] } });
    const { ids } = endpoints.addDocuments.response.parse(await added.json());
    const { attune } = await askWhole(room, ask({ model: 'documents' }));
    const [candidate] = (await logged(room, attune)).all_candidates;
    assert.deepEqual(candidate?.sources, [{ document_id: ids[0], title: 'Colds', url: document.url }]);
    assert.equal(candidate?.steps?.[0]?.kind, 'tool');
    assert.match(candidate?.steps?.[0]?.text ?? '', /What helps\?\n→ Colds — https:\/\/example\.com\/colds/);
  });
});
