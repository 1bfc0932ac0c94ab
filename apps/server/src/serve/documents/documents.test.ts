import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { endpoints } from '@attune/contracts';
import { databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import { hasVector } from '../../platform/db/vector.ts';
import { newId } from '../../platform/ids.ts';
import { silentLog } from '../../platform/log.ts';
import { askWhole, logged, question } from '../testing/answers-of.ts';
import { openTestRoom, refusal, someone, type TestRoom } from '../testing/test-room.ts';
import { chunksOf } from './chunks.ts';
import { MemoryPassageIndex } from './memory-index.ts';
import { PgvectorPassageIndex } from './pgvector-index.ts';
import { insertDocuments } from './store.ts';

const hands = 'Wash your hands with soap and water for at least twenty seconds to avoid spreading germs.';
const travel = 'Passports must be valid for six months after the date of entry into the country.';
const bread = 'Knead the dough for ten minutes, let it rise until doubled and bake it in a hot oven.';

for (const kind of databaseKinds) {
  describe(`documents on ${kind}`, { skip: await databaseMissing(kind) }, () => {
    let room: TestRoom;
    before(async () => {
      room = await openTestRoom(kind);
    });
    after(() => room.close());

    const add = async (documents: object[], caller = someone()) => {
      const response = await room.call('addDocuments', { body: { documents }, caller });
      assert.equal(response.status, 201);
      return endpoints.addDocuments.response.parse(await response.json());
    };

    test('they answer questions without any language model, nearest first; the same text is kept once', async () => {
      const documents = [{ title: 'Hygiene', text: hands }, { text: travel }, { text: bread }];
      const first = await add(documents);
      assert.deepEqual([first.added, first.already_there, first.ids.length], [3, 0, 3]);
      const second = await add([...documents, { text: bread }]);
      assert.deepEqual([second.added, second.already_there], [0, 4]);
      assert.deepEqual(second.ids, [...first.ids, first.ids[2]]);
      const answer = await askWhole(
        room,
        question('How long should I wash my hands?', { model: 'documents' }),
      );
      assert.equal(answer.attune.response, hands);
      assert.equal(answer.attune.generation_method, 'retrieval');
      assert.equal(answer.attune.candidates_count, 3);
      assert.equal((await logged(room, answer.attune)).policy, 'documents');
      const byDefault = await askWhole(room, question('How do I bake bread?'));
      assert.equal(byDefault.attune.response, bread);
    });

    test('a removed document is not used from then on', async () => {
      const { ids } = await add([{ text: 'The secret word of the day is marmalade.' }]);
      const asked = question('What is the secret word of the day?', { model: 'documents' });
      assert.match((await askWhole(room, asked)).attune.response, /marmalade/);
      await room.call('deleteDocument', { params: { id: ids[0] ?? '' } });
      assert.doesNotMatch((await askWhole(room, asked)).attune.response, /marmalade/);
      await refusal(room.call('deleteDocument', { params: { id: ids[0] ?? '' } }), 'document_not_found');
    });

    test('what another server adds is found within a second or so', async () => {
      const other = await room.reopen({});
      await askWhole(room, question('Anything?', { model: 'documents' }));
      const route = other.routes.find(({ endpoint }) => endpoint.id === 'addDocuments');
      const body = { documents: [{ text: 'Zebras have black and white stripes.' }] };
      await route?.respond({
        caller: someone(),
        params: {},
        query: {},
        body,
        requestId: 'r',
        log: silentLog,
        signal: new AbortController().signal,
      });
      await other.stop();
      for (let tries = 0; tries < 100; tries++) {
        const { attune } = await askWhole(
          room,
          question('Which stripes have zebras?', { model: 'documents' }),
        );
        if (attune.response.includes('Zebras')) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.fail('never found');
    });

    test("another organisation's documents are neither found, listed nor removed", async () => {
      const stranger = someone('default-2');
      await room.database.sql.insertInto('organizations').values({ id: 'default-2', name: 'Two' }).execute();
      const { ids } = await add([{ text: 'Kangaroos can hop at forty kilometres an hour.' }], stranger);
      const asked = question('How fast do kangaroos hop?', { model: 'documents' });
      assert.doesNotMatch((await askWhole(room, asked)).attune.response, /Kangaroos/);
      const list = endpoints.listDocuments.response.parse(await (await room.call('listDocuments')).json());
      assert.ok(list.items.every(({ id }) => id !== ids[0]));
      assert.equal(list.items.find(({ title }) => title === 'Hygiene')?.chunks, 1);
      await refusal(room.call('deleteDocument', { params: { id: ids[0] ?? '' } }), 'document_not_found');
    });

    test('without documents there is no answer', async () => {
      await room.database.sql.insertInto('organizations').values({ id: 'empty', name: 'Empty' }).execute();
      const body = question('Anything?', { model: 'documents' });
      await refusal(room.call('chatCompletions', { body, caller: someone('empty') }), 'no_answer_available');
    });

    test('passages are found alike in memory and by pgvector', async (context) => {
      const db = room.database.sql;
      if (!(await hasVector(db))) return context.skip('this database has no pgvector');
      await db.insertInto('organizations').values({ id: 'vectors', name: 'Vectors' }).execute();
      const vectors = Array.from({ length: 40 }, (_, n) =>
        unit([Math.sin(n), Math.cos(n * 2), Math.sin(n * 3 + 1)]),
      );
      const documents = vectors.map((_, n) => ({
        id: newId(),
        organization: 'vectors',
        title: '',
        text: `passage ${n}`,
        url: null,
        metadata: {},
        content_hash: `hash ${n}`,
      }));
      const chunks = documents.map((document, n) => ({
        id: newId(),
        organization: 'vectors',
        document_id: document.id,
        position: 0,
        text: document.text,
        embedder: 'test@1',
        embedding: vectors[n] ?? [],
      }));
      await insertDocuments(db, documents, chunks);
      const embedder = async () => 'test@1';
      const asked = Float32Array.from(unit([0.3, -0.5, 0.8]));
      const inMemory = await new MemoryPassageIndex(db, embedder).search('vectors', asked, 7);
      const byPgvector = await new PgvectorPassageIndex(db, embedder).search('vectors', asked, 7);
      assert.deepEqual(
        byPgvector.map(({ text }) => text),
        inMemory.map(({ text }) => text),
      );
      byPgvector.forEach(({ similarity }, n) => {
        assert.ok(Math.abs(similarity - (inMemory[n]?.similarity ?? 9)) < 1e-5);
      });
    });
  });
}

function unit(values: number[]): number[] {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

describe('cutting documents', () => {
  const sentence = (n: number) => `This is sentence number ${n} of a rather long paragraph in a document.`;
  const paragraph = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => sentence(from + i)).join(' ');
  const wordsIn = (text: string) => text.split(/\s+/).length;

  test('a short document stays whole', () => {
    const text = paragraph(0, 30);
    assert.deepEqual(chunksOf(`\n${text}\n`), [text]);
    assert.deepEqual(chunksOf(' \n '), []);
  });

  test('a long one is cut at paragraphs, into passages of about two hundred words', () => {
    const paragraphs = [0, 1, 2, 3, 4, 5].map((n) => paragraph(n * 10, 7));
    const chunks = chunksOf(paragraphs.join('\n\n'));
    assert.equal(chunks.join('\n\n'), paragraphs.join('\n\n'));
    assert.ok(chunks.length > 1);
    assert.ok(chunks.every((chunk) => wordsIn(chunk) <= 200));
  });

  test('one endless paragraph is cut at sentences, and one endless run of words or characters anywhere', () => {
    const chunks = chunksOf(paragraph(0, 100));
    assert.ok(chunks.every((chunk) => wordsIn(chunk) <= 200 && chunk.endsWith('.')));
    assert.ok(chunksOf('word '.repeat(1000)).every((chunk) => wordsIn(chunk) <= 200));
    assert.equal(chunksOf('字'.repeat(1000)).join(''), '字'.repeat(1000));
  });
});
