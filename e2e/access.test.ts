import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atLeast, type Endpoint, endpoints, type Role, roles } from '@attune/contracts';
import { type AttuneClient, createClient } from '@attune/sdk';
import { newId } from '../apps/server/src/platform/ids.ts';
import { type ServerProcess, startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

const all = Object.values<Endpoint>(endpoints);

/** Calls an endpoint with ids that exist nowhere unless given, and an empty body. */
async function call(
  server: ServerProcess,
  endpoint: Endpoint,
  key: string | null,
  ids: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? unknownId(name));
  const response = await fetch(`${server.url}${path}`, {
    method: endpoint.method.toUpperCase(),
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
    ...(endpoint.method === 'get' ? {} : { body: '{}' }),
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const body = isStream ? '' : await response.text();
  if (isStream) await response.body?.cancel();
  return { status: response.status, body };
}

function unknownId(name: string): string {
  if (name === 'kind') return 'model';
  return name === 'sha256' ? '0'.repeat(64) : newId();
}

async function keysOf(admin: AttuneClient): Promise<Map<Role, string>> {
  const keys = new Map<Role, string>();
  for (const role of roles) keys.set(role, (await admin.createKey({ body: { name: role, role } })).key);
  return keys;
}

test('every route lets in exactly the roles it declares', async (t) => {
  const server = await startProcess(await tempFolder());
  t.after(() => server.stop());
  const keys = await keysOf(server.client);
  for (const endpoint of all.filter(({ role }) => role !== 'public')) {
    await t.test(`${endpoint.method} ${endpoint.path}`, async () => {
      assert.equal((await call(server, endpoint, null)).status, 401, 'without credentials');
      assert.equal(
        (await call(server, endpoint, `atn_${'x'.repeat(43)}`)).status,
        401,
        'with an unknown key',
      );
      for (const [role, key] of keys) {
        const { status } = await call(server, endpoint, key);
        // What a run says is for the token of its job alone.
        const allowed =
          endpoint.jobToken !== true && endpoint.role !== 'public' && atLeast(role, endpoint.role);
        if (allowed) assert.ok(status !== 401 && status !== 403 && status < 500, `${role} got ${status}`);
        else assert.equal(status, 403, role);
      }
    });
  }
});

test('a key limited to rooms opens no other room', async (t) => {
  const server = await startProcess(await tempFolder());
  t.after(() => server.stop());
  const { key } = await server.client.createKey({ body: { name: 'app', role: 'admin', scopes: ['serve'] } });
  for (const endpoint of all.filter(({ role, id }) => role !== 'public' && id !== 'whoAmI')) {
    const { status } = await call(server, endpoint, key);
    if (endpoint.room === 'serve') assert.notEqual(status, 403, endpoint.id);
    else assert.equal(status, 403, endpoint.id);
  }
});

/** An admin key of another organisation, got as a person would get it. */
async function strangerKey(server: ServerProcess): Promise<string> {
  const body = { id: 'other', name: 'Other', admin_email: 'admin@other.example' };
  const { sign_in_url } = await server.client.createOrganization({ body });
  const signIn = await fetch(`${server.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: sign_in_url.split('#')[1] }),
  });
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const made = await fetch(`${server.url}/api/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ name: 'stranger', role: 'admin' }),
  });
  assert.equal(made.status, 201);
  return ((await made.json()) as { key: string }).key;
}

const SECRET = 'pelican-lighthouse';

/** One of everything, in the first organisation, each with a word that nobody else may see. */
async function furnish(client: AttuneClient): Promise<Record<string, Record<string, string>>> {
  const query = `Where is the ${SECRET}?`;
  await client.addDocuments({
    body: { documents: [{ title: SECRET, text: `The ${SECRET} is in the harbour.` }] },
  });
  await client.addRecordedAnswers({ body: { items: [{ query, answers: [{ text: `${SECRET} north` }] }] } });
  const messages = [{ role: 'user' as const, content: query }];
  const asked = { model: 'recorded', messages, attune: { session_id: SECRET } };
  const { attune } = await client.chatCompletions({ body: asked });
  const feedback = await client.giveFeedback({
    body: { response_id: attune.response_id, rating: 1, comment: SECRET, safety_issue: true },
  });
  const voice = await client.giveVoiceFeedback({
    query: { response_id: attune.response_id, duration_ms: 1000 },
    body: new File(['OggS spoken'], 'note', { type: 'audio/ogg;codecs=opus' }),
  });
  const { decision } = await client.decideReview({
    body: { ids: [feedback.id], decision: { action: 'note', note: SECRET } },
  });
  const view = await client.createReviewView({ body: { name: SECRET, shared: true } });
  const pair = await client.createPair({
    body: { query, chosen_response: `${SECRET} north`, rejected_response: `${SECRET} south` },
  });
  const dataset = await client.createDataset({ body: { name: SECRET, feedback_ids: [feedback.id] } });
  const key = await client.createKey({ body: { name: SECRET } });
  const { member } = await client.inviteMember({ body: { email: `${SECRET}@example.com`, role: 'viewer' } });
  const judging = await judgedProject(client, key.id);
  const documents = await client.listDocuments({ query: {} });
  return {
    response_id: { response_id: attune.response_id },
    session: { session_id: SECRET },
    voice: { id: voice.id },
    feedback: { id: feedback.id, kind: 'feedback' },
    decision: { id: decision.id },
    view: { id: view.id },
    pair: { id: pair.id, kind: 'pair' },
    dataset: { id: dataset.id, kind: 'dataset' },
    ...judging,
    key: { id: key.id },
    member: { id: member.id },
    document: { id: documents.items[0]?.id ?? '' },
    answer: { id: attune.response_id, kind: 'answer' },
  };
}

/** A running judging project with one item. */
async function judgedProject(client: AttuneClient, judge: string): Promise<Record<string, { id: string }>> {
  const question = { id: 'better', kind: 'pairwise', title: SECRET } as const;
  const project = await client.createJudgingProject({
    body: { name: SECRET, guidelines: SECRET, questions: [question], judges: [judge], judges_per_item: 1 },
  });
  const params = { id: project.id };
  const data = { query: SECRET, responses: [{ text: `${SECRET} north` }, { text: `${SECRET} south` }] };
  await client.addJudgingItems({ params, body: { from: 'rows', rows: [{ line: 1, data }] } });
  await client.updateJudgingProject({ params, body: { status: 'running' } });
  const { items } = await client.listJudgingItems({ params, query: {} });
  return { judgingProject: params, judgingItem: { id: items[0]?.id ?? '' } };
}

test('another organisation sees nothing and changes nothing', async (t) => {
  const server = await startProcess(await tempFolder());
  t.after(() => server.stop());
  const things = await furnish(server.client);
  const stranger = await strangerKey(server);
  const before = await snapshot(server.client);
  for (const endpoint of all.filter(({ role, id }) => role !== 'public' && id !== 'signOut')) {
    const targets = endpoint.path.includes(':') ? Object.values(things) : [{}];
    for (const ids of targets) {
      const { status, body } = await call(server, endpoint, stranger, ids);
      assert.ok(!body.includes(SECRET), `${endpoint.id} shows it: ${body.slice(0, 300)}`);
      const named = Object.keys(ids).some((name) => endpoint.path.includes(`:${name}`));
      if (named) assert.ok(status >= 400 && status < 500, `${endpoint.id} answers ${status}`);
    }
  }
  assert.deepEqual(await snapshot(server.client), before);
  const other = createClient({ url: server.url, apiKey: stranger });
  const theirs = await other
    .giveFeedback({ body: { response_id: things.response_id?.response_id ?? '', rating: 5 } })
    .catch((error: unknown) => error);
  assert.equal((theirs as { code?: string }).code, 'response_not_found');
});

/** Everything that a stranger could have changed. */
async function snapshot(client: AttuneClient) {
  const { items: feedback } = await client.listFeedback({ query: {} });
  const { items: pairs } = await client.listPairs({ query: {} });
  const { items: datasets } = await client.listDatasets({ query: {} });
  const { items: members } = await client.listMembers({ query: {} });
  const { items: documents } = await client.listDocuments({ query: {} });
  const { items: judging } = await client.listJudgingProjects({ query: {} });
  const keys = (await client.listKeys({ query: {} })).items.map(({ last_used_at: _, ...key }) => key);
  return { feedback, pairs, datasets, members, documents, judging, keys };
}
