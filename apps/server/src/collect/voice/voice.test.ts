import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { VoiceValue } from '@attune/contracts';
import { databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { failsWith } from '../testing/fails-with.ts';
import { openTestCollect, type TestCollect } from '../testing/open-test-collect.ts';
import { bytesOf, recordings } from '../testing/recordings.ts';
import { startTranscriptionEndpoint } from '../testing/transcription-endpoint.ts';

let made = 0;

/** A recording that nobody else has. */
function recording(): Uint8Array<ArrayBuffer> {
  made += 1;
  return Uint8Array.from([...recordings['audio/webm'], ...bytesOf(`take ${made} ${process.pid}`)]);
}

function say(
  room: TestCollect,
  response_id: string,
  bytes = recording(),
  caller?: Caller,
  type = 'audio/webm',
) {
  const sent = { query: { response_id, duration_ms: 1500 }, body: new File([bytes], 'note', { type }) };
  return room.call('giveVoiceFeedback', sent, caller);
}

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`voice on ${kind}`, { skip }, () => {
    test('is kept as audio where nobody transcribes, each recording for itself', async () => {
      const room = await openTestCollect(kind);
      const response_id = room.answered();
      const bytes = recording();
      const given = await say(room, response_id, bytes);
      assert.equal(given.feedback_type, 'voice');
      const { audio, transcript } = VoiceValue.parse(given.feedback_value);
      assert.deepEqual(transcript, { status: 'none' });
      assert.equal(audio.media_type, 'audio/webm');
      assert.equal(audio.bytes, bytes.byteLength);
      assert.equal(audio.duration_ms, 1500);
      await say(room, response_id);
      const { items } = await room.call('listMyFeedback', { query: { response_id } });
      assert.equal(items.length, 2);
      assert.deepEqual(new Uint8Array(await (await room.play(given.id)).arrayBuffer()), bytes);
    });

    test('is gone when it is taken back, unless another feedback has the same bytes', async () => {
      const room = await openTestCollect(kind);
      const bytes = recording();
      const first = await say(room, room.answered(), bytes);
      const second = await say(room, room.answered(), bytes);
      const { sha256 } = VoiceValue.parse(first.feedback_value).audio;
      await room.call('takeBackFeedback', { params: { id: first.id } });
      assert.ok(await room.blobs.has(sha256));
      await room.call('deleteFeedback', { params: { id: second.id } });
      assert.ok(!(await room.blobs.has(sha256)));
      await assert.rejects(room.play(second.id), failsWith('feedback_not_found'));
    });

    test('gets its text in the background', async (t) => {
      const endpoint = await startTranscriptionEndpoint(t, [{ text: ' Zu lang. ' }]);
      const room = await openTestCollect(kind, {
        ATTUNE_TRANSCRIPTION_URL: endpoint.url,
        ATTUNE_TRANSCRIPTION_KEY: 'sk-test',
        ATTUNE_TRANSCRIPTION_MODEL: 'whisper-tiny',
      });
      t.after(room.stopWorking);
      const bytes = recording();
      const given = await say(room, room.answered(), bytes);
      assert.equal(VoiceValue.parse(given.feedback_value).transcript.status, 'pending');
      const { feedback_value, text_feedback } = await transcribed(room, given.id);
      assert.deepEqual(VoiceValue.parse(feedback_value).transcript, { status: 'done', text: 'Zu lang.' });
      assert.equal(text_feedback, 'Zu lang.');
      const [asked] = endpoint.asked;
      assert.equal(asked?.authorization, 'Bearer sk-test');
      assert.equal(asked?.path, '/v1/audio/transcriptions');
      assert.equal(asked?.model, 'whisper-tiny');
      assert.equal(asked?.fileName, 'note.webm');
      assert.deepEqual(asked?.bytes, bytes);
    });
  });
}

/** The feedback once its recording is transcribed, or could not be. */
async function transcribed(room: TestCollect, id: string) {
  for (let tries = 0; tries < 1500; tries += 1) {
    const { items } = await room.call('listMyFeedback', {});
    const feedback = items.find((one) => one.id === id);
    if (feedback === undefined) assert.fail('it is gone');
    if (VoiceValue.parse(feedback.feedback_value).transcript.status !== 'pending') return feedback;
    await wait(20);
  }
  return assert.fail('it was never transcribed');
}

describe('a transcription', () => {
  test('that fails in passing is tried again', async (t) => {
    const endpoint = await startTranscriptionEndpoint(t, [503, { text: 'At last.' }]);
    const room = await openTestCollect('postgres', { ATTUNE_TRANSCRIPTION_URL: endpoint.url });
    t.after(room.stopWorking);
    const { id } = await say(room, room.answered());
    assert.equal((await transcribed(room, id)).text_feedback, 'At last.');
    assert.equal(endpoint.asked.length, 2);
  });

  test('that is refused is not tried again; the recording stays', async (t) => {
    const endpoint = await startTranscriptionEndpoint(t, [400]);
    const room = await openTestCollect('postgres', { ATTUNE_TRANSCRIPTION_URL: endpoint.url });
    t.after(room.stopWorking);
    const { id } = await say(room, room.answered());
    const { feedback_value } = await transcribed(room, id);
    assert.deepEqual(VoiceValue.parse(feedback_value).transcript, { status: 'failed' });
    assert.equal((await room.play(id)).status, 200);
  });

  test('that failed is tried again by hand, by whoever spoke and by curators', async (t) => {
    const endpoint = await startTranscriptionEndpoint(t, [400, 400, { text: 'At last.' }]);
    const room = await openTestCollect('postgres', { ATTUNE_TRANSCRIPTION_URL: endpoint.url });
    t.after(room.stopWorking);
    const { id } = await say(room, room.answered());
    await transcribed(room, id);
    const again = async (caller?: Caller) => {
      const asked = await room.call('transcribeFeedbackAudio', { params: { id } }, caller);
      return VoiceValue.parse(asked.feedback_value).transcript.status;
    };
    await assert.rejects(again(room.application), failsWith('feedback_not_found'));
    assert.equal(await again(), 'pending');
    const { feedback_value } = await transcribed(room, id);
    assert.equal(VoiceValue.parse(feedback_value).transcript.status, 'failed');
    assert.equal(await again(room.curator), 'pending');
    assert.equal((await transcribed(room, id)).text_feedback, 'At last.');
    assert.equal(await again(), 'done');
    assert.equal(endpoint.asked.length, 3);
  });

  test('is asked for again as often as feedback is given; where nobody transcribes, it stays a recording', async () => {
    const room = await openTestCollect('pglite', { ATTUNE_FEEDBACK_PER_MINUTE: '2' });
    const { id } = await say(room, room.answered());
    const asked = await room.call('transcribeFeedbackAudio', { params: { id } });
    assert.deepEqual(VoiceValue.parse(asked.feedback_value).transcript, { status: 'none' });
    await assert.rejects(room.call('transcribeFeedbackAudio', { params: { id } }), failsWith('rate_limited'));
  });
});

describe('a recording', () => {
  test('is what its bytes say, not its header', async () => {
    const room = await openTestCollect('pglite');
    const { feedback_value } = await say(room, room.answered(), recordings['audio/ogg']);
    assert.equal(VoiceValue.parse(feedback_value).audio.media_type, 'audio/ogg');
    for (const bytes of [new Uint8Array(), bytesOf('<html><script>alert(1)</script>')]) {
      await assert.rejects(say(room, room.answered(), bytes), failsWith('unsupported_media_type'));
    }
    assert.deepEqual((await room.call('listMyFeedback', { query: { limit: 200 } })).items.length, 1);
  });

  test('counts with the feedback of a minute, and needs an answer', async () => {
    const room = await openTestCollect('pglite', { ATTUNE_FEEDBACK_PER_MINUTE: '1' });
    await assert.rejects(say(room, randomUUID()), failsWith('response_not_found'));
    await say(room, room.answered());
    await assert.rejects(say(room, room.answered()), failsWith('rate_limited'));
  });

  test('comes in parts, with headers under which nothing runs', async () => {
    const room = await openTestCollect('pglite');
    const bytes = recording();
    const { id } = await say(room, room.answered(), bytes);
    const whole = await room.play(id);
    assert.equal(whole.headers.get('content-type'), 'audio/webm');
    assert.equal(whole.headers.get('accept-ranges'), 'bytes');
    assert.match(whole.headers.get('content-security-policy') ?? '', /sandbox/);
    assert.equal(whole.headers.get('x-content-type-options'), 'nosniff');
    const part = await room.play(id, undefined, 'bytes=4-7');
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-range'), `bytes 4-7/${bytes.byteLength}`);
    assert.deepEqual(new Uint8Array(await part.arrayBuffer()), bytes.slice(4, 8));
    const beyond = await room.play(id, undefined, 'bytes=100000-');
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers.get('content-range'), `bytes */${bytes.byteLength}`);
  });

  test("is played to whoever spoke and to curators, not to other raters' keys, tokens or organisations", async () => {
    const room = await openTestCollect('pglite');
    const response_id = room.answered();
    const token = room.tokenFor(response_id, 'ann');
    const { id } = await say(room, response_id, recording(), token);
    assert.equal((await room.play(id, token)).status, 200);
    assert.equal((await room.play(id, room.curator)).status, 200);
    const others = [
      room.application,
      room.stranger,
      room.tokenFor(response_id, 'eve'),
      room.tokenFor(response_id),
    ];
    for (const other of others) {
      await assert.rejects(room.play(id, other), failsWith('feedback_not_found'), other.principal);
    }
    const rating = await room.call('giveFeedback', { body: { response_id, rating: 3 } });
    await assert.rejects(room.play(rating.id), failsWith('feedback_not_found'));
  });
});
