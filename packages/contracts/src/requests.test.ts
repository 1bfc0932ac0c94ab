import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { z } from 'zod';
import {
  ConversationRow,
  FeedbackFilter,
  FeedbackInput,
  FeedbackPatch,
  PairRow,
  RatingRow,
} from './api/collect.ts';
import { PrepareInput } from './api/curate.ts';
import { createKey, createOrganization, inviteMember } from './api/identity.ts';
import { createJob } from './api/jobs.ts';
import { evaluateModel, RewardHyperparameters } from './api/learn.ts';
import { createPair } from './api/pairs.ts';
import { AttuneOptions, ChatRequest, RerankRequest } from './api/serve.ts';
import { deployModel } from './api/ship.ts';
import { AttuneError } from './errors.ts';
import { atLeast, roles } from './roles.ts';

const id = '019a0000-0000-7000-8000-000000000000';

function accepts(schema: z.ZodType, values: readonly unknown[]): void {
  for (const value of values) {
    const parsed = schema.safeParse(value);
    assert.ok(parsed.success, `${JSON.stringify(value)}: ${parsed.error?.message}`);
  }
}

/** @param values by the field that each is refused for; `''` for the whole */
function refuses(schema: z.ZodType, values: readonly (readonly [string, unknown])[]): void {
  for (const [field, value] of values) {
    const parsed = schema.safeParse(value);
    assert.ok(!parsed.success, `accepted ${JSON.stringify(value)}`);
    assert.equal(parsed.error.issues[0]?.path.join('.'), field, JSON.stringify(value));
  }
}

describe('feedback', () => {
  test('says something: stars, thumbs, dimensions, a comment, a correction or a safety report', () => {
    const says = [
      { rating: 1 },
      { rating: 4.5 },
      { thumbs: 'up' },
      { feedback_type: 'thumbs_down' },
      { feedback_type: 'thumbs_down', thumbs: 'down' },
      { rating_dimensions: { clarity: 5 } },
      { comment: 'good' },
      { correction: 'better' },
      { safety_issue: true },
      { rating: 3, user_id: 'ann', tags: ['a'] },
    ];
    accepts(
      FeedbackInput,
      says.map((fields) => ({ response_id: id, ...fields })),
    );
    const silent = [
      {},
      { comment: '' },
      { safety_issue: false },
      { rating_dimensions: {} },
      { feedback_type: 'rating' },
      { tags: ['a'] },
    ];
    refuses(
      FeedbackInput,
      silent.map((fields) => ['', { response_id: id, ...fields }] as const),
    );
  });

  test('refuses what is out of range', () => {
    const wrong: [string, object][] = [
      ['rating', { rating: 0 }],
      ['rating', { rating: 5.1 }],
      ['rating', { rating: '5' }],
      ['rating', { rating: null }],
      ['rating', { rating: Number.NaN }],
      ['thumbs', { thumbs: 'sideways' }],
      ['thumbs', { feedback_type: 'thumbs_up', thumbs: 'down' }],
      ['rating_dimensions.clarity', { rating_dimensions: { clarity: 6 } }],
      ['rating_dimensions', { rating_dimensions: { beauty: 5 } }],
      ['comment', { comment: 'x'.repeat(10_001) }],
      ['correction', { correction: '' }],
      ['tags', { rating: 1, tags: Array.from({ length: 21 }, () => 't') }],
      ['tags.0', { rating: 1, tags: [''] }],
    ];
    refuses(
      FeedbackInput,
      wrong.map(([field, fields]) => [field, { response_id: id, ...fields }] as const),
    );
    refuses(FeedbackInput, [
      ['response_id', { rating: 5 }],
      ['response_id', { response_id: 'no-id', rating: 5 }],
    ]);
  });

  test('is filtered by texts of a query string', () => {
    const filter = FeedbackFilter.parse({
      min_rating: '2',
      limit: '10',
      order: 'oldest',
      after: '2026-01-01T00:00:00Z',
    });
    assert.deepEqual([filter.min_rating, filter.limit, filter.order], [2, 10, 'oldest']);
    refuses(FeedbackFilter, [
      ['min_rating', { min_rating: '0' }],
      ['max_rating', { max_rating: 'five' }],
      ['after', { after: 'yesterday' }],
      ['after', { after: '2026-02-30T00:00:00Z' }],
      ['response_id', { response_id: '1' }],
      ['order', { order: 'best' }],
    ]);
  });

  test('is reviewed by naming at least one field', () => {
    accepts(FeedbackPatch, [{ status: 'approved' }, { tags: [] }, { rating_overall: 2 }]);
    refuses(FeedbackPatch, [
      ['', {}],
      ['', { unknown: 1 }],
      ['status', { status: 'done' }],
    ]);
  });
});

describe('rows of files', () => {
  test('hold numbers as numbers or as texts', () => {
    const row = { user_prompt: 'q', ai_response: 'a' };
    for (const rating of [5, '5', ' 5 ', '4.5', 1]) {
      assert.equal(RatingRow.parse({ ...row, rating }).rating, Number(rating));
    }
    refuses(RatingRow, [
      ...['', ' ', 'good', '6', '0', null, true, [], ['5'], Number.NaN].map(
        (rating) => ['rating', { ...row, rating }] as const,
      ),
      ['rating', row],
      ['user_prompt', { ...row, user_prompt: '', rating: 5 }],
      ['ai_response', { user_prompt: 'q', rating: 5 }],
    ]);
    accepts(RatingRow, [
      { ...row, rating: 3, feedback_comment: null, user_id: null, rating_dimensions: null },
    ]);
  });

  test('of pairs have two different answers and perhaps a strength', () => {
    const row = { prompt: 'q', chosen: 'a', rejected: 'b' };
    assert.equal(PairRow.parse({ ...row, strength: '0.5' }).strength, 0.5);
    assert.equal(PairRow.parse({ ...row, strength: null }).strength, null);
    assert.equal(PairRow.parse(row).strength, undefined);
    refuses(PairRow, [
      ['rejected', { ...row, rejected: 'a' }],
      ...['', 'strong', 1.5, -0.1, true, []].map((strength) => ['strength', { ...row, strength }] as const),
    ]);
  });

  test('of conversations have two turns or more', () => {
    const turn = { role: 'user', content: 'q' };
    accepts(ConversationRow, [{ messages: [turn, { role: 'assistant', content: 'a' }], rating: '4' }]);
    refuses(ConversationRow, [
      ['messages', { messages: [turn] }],
      ['messages.1.content', { messages: [turn, { role: 'assistant' }] }],
    ]);
  });
});

describe('questions', () => {
  const messages = [{ role: 'user', content: 'q' }];

  test('are OpenAI requests, with whatever other fields those have', () => {
    const request = ChatRequest.parse({ messages, seed: 7, tools: [{ type: 'function' }], stream: null });
    assert.equal(request.model, 'attune');
    assert.equal(request.seed, 7);
    const parts = [{ type: 'text', text: 'q' }];
    accepts(ChatRequest, [
      { messages: [{ role: 'user', content: parts }] },
      { messages: [{ role: 'assistant', content: null, tool_calls: [] }] },
      { messages, attune: { candidates: 8, threshold: 0, strategy: 'weighted' } },
    ]);
    refuses(ChatRequest, [
      ['messages', {}],
      ['messages', { messages: [] }],
      ['messages', { messages: 'q' }],
      ['messages.0.role', { messages: [{ role: 'robot', content: 'q' }] }],
      ['temperature', { messages, temperature: 3 }],
      ['max_tokens', { messages, max_tokens: 0 }],
      ['stream', { messages, stream: 'yes' }],
      ['model', { messages, model: 'm'.repeat(501) }],
    ]);
  });

  test('ask for 1 to 8 candidates and a threshold between 0 and 1', () => {
    refuses(AttuneOptions, [
      ['candidates', { candidates: 0 }],
      ['candidates', { candidates: 9 }],
      ['candidates', { candidates: 1.5 }],
      ['threshold', { threshold: 1.01 }],
      ['strategy', { strategy: 'luck' }],
      ['latency_budget_ms', { latency_budget_ms: 49 }],
      ['dimension_weights.clarity', { dimension_weights: { clarity: -1 } }],
    ]);
  });

  test('are ranked with documents or candidates, texts or objects', () => {
    accepts(RerankRequest, [
      { query: 'q', documents: ['a', { text: 'b', id: 1 }] },
      { query: 'q', candidates: ['a'], top_n: 1 },
    ]);
    refuses(RerankRequest, [
      ['documents', { query: 'q' }],
      ['documents', { query: 'q', documents: [] }],
      ['top_n', { query: 'q', documents: ['a'], top_n: 0 }],
    ]);
  });
});

describe('the rest of the loop', () => {
  test('prepares with sensible defaults', () => {
    const { split, include_used, statuses, person_cap, seed } = PrepareInput.parse({});
    assert.deepEqual(
      [split, include_used, statuses, person_cap, seed],
      ['stratified', false, ['pending', 'approved'], 0.2, 1],
    );
    refuses(PrepareInput, [
      ['minimum', { minimum: 0 }],
      ['validation_share', { validation_share: 0.6 }],
      ['methods.0', { methods: ['magic'] }],
      ['statuses.0', { statuses: ['rejected'] }],
    ]);
  });

  test('writes pairs of two different answers', () => {
    refuses(createPair.body, [
      ['rejected_response', { query: 'q', chosen_response: 'a', rejected_response: 'a' }],
    ]);
  });

  test('a run names only keys that are meant for runs', () => {
    const run = { provider: 'custom', dataset: 'd', base_model: 'm', model_name: 'n' };
    const ppo = (reward: object) => ({ ...run, recipe: 'ppo', hyperparameters: { reward } });
    const http = (key_variable: string) => ({ kind: 'http', url: 'https://example.com', key_variable });
    const written = (key_variable: string) => {
      const hyperparameters = { url: 'https://example.com/v1', model: 'judge', key_variable };
      return { ...run, recipe: 'constitutional', hyperparameters };
    };
    accepts(createJob.body, [ppo(http('ATTUNE_RUN_KEY_JUDGE')), written('ATTUNE_RUN_KEY_2')]);
    for (const name of [
      'PATH',
      'ATTUNE_UPSTREAM_API_KEY',
      'ATTUNE_RUN_KEY_',
      'ATTUNE_RUN_KEY_A\nB',
      'XATTUNE_RUN_KEY_A',
    ]) {
      refuses(createJob.body, [
        ['hyperparameters.reward.key_variable', ppo(http(name))],
        ['hyperparameters.key_variable', written(name)],
      ]);
    }
    const { error } = createJob.body.safeParse(written('PATH'));
    assert.match(error?.issues[0]?.message ?? '', /begins with ATTUNE_RUN_KEY_/);
  });

  test('refuses at the door what settings of a run ask of one another', () => {
    const run = (recipe: string, hyperparameters: object) => ({
      provider: 'custom',
      dataset: 'd',
      base_model: 'm',
      model_name: 'm',
      recipe,
      hyperparameters,
    });
    const reward = { kind: 'http', url: 'https://attune.example' };
    refuses(createJob.body, [
      ['hyperparameters.group_size', run('ppo', { reward, advantages: 'group', group_size: 1 })],
      ['hyperparameters.rollouts', run('ppo', { reward, advantages: 'group', group_size: 7 })],
      ['hyperparameters.mse_weight', run('reward', { mse_weight: 0, ranking_weight: 0 })],
      ['hyperparameters.label_smoothing', run('dpo', { loss: 'ipo', label_smoothing: 0.1 })],
    ]);
    accepts(createJob.body, [
      run('ppo', { reward, advantages: 'group', group_size: 8 }),
      run('ppo', { reward, group_size: 7 }),
      run('reward', { mse_weight: 0 }),
      run('dpo', { label_smoothing: 0.1 }),
    ]);
  });

  test('trains with Attune’s own recipe unless told otherwise', () => {
    const { model_name, hyperparameters } = createJob.body.parse({ dataset: 'd' });
    assert.deepEqual(
      [model_name, hyperparameters],
      ['reward', { recipe: 'attune', embedder: 'static', seed: 1, length_controlled: false }],
    );
    refuses(createJob.body, [
      ['hyperparameters.recipe', { dataset: 'd', hyperparameters: { recipe: 'own' } }],
    ]);
  });

  test('evaluates on exactly one thing', () => {
    const ratings = [{ user_prompt: 'q', ai_response: 'a', rating: 4 }];
    accepts(evaluateModel.body, [
      { model: 'm', ratings },
      { model: 'm', dataset: 'd' },
    ]);
    refuses(evaluateModel.body, [
      ['', { model: 'm' }],
      ['', { model: 'm', ratings, dataset: 'd' }],
    ]);
  });

  test('deploys in 1 to 20 steps', () => {
    assert.equal(deployModel.body.parse({}).full, false);
    const step = { share: 0.1, hold_seconds: 0, minimum_samples: 0 };
    refuses(deployModel.body, [
      ['steps', { steps: [] }],
      ['steps', { steps: Array.from({ length: 21 }, () => step) }],
      ['steps.0.share', { steps: [{ ...step, share: 1.1 }] }],
    ]);
  });

  test('knows people by addresses in lower case and names without control characters', () => {
    assert.equal(
      inviteMember.body.parse({ email: 'Ann@Example.COM', role: 'viewer' }).email,
      'ann@example.com',
    );
    refuses(inviteMember.body, [['name', { email: 'a@b.cd', role: 'viewer', name: 'line\nbreak' }]]);
    refuses(createKey.body, [
      ['name', { name: '' }],
      ['role', { name: 'k', role: 'god' }],
      ['scopes.0', { name: 'k', scopes: ['kitchen'] }],
      ['expires_at', { name: 'k', expires_at: 'soon' }],
    ]);
    refuses(createOrganization.body, [['id', { id: '-x', name: 'X', admin_email: 'a@b.cd' }]]);
  });
});

test('each role may do what the ones before it may', () => {
  for (const [i, role] of roles.entries()) {
    for (const [j, needed] of roles.entries())
      assert.equal(atLeast(role, needed), i >= j, `${role} for ${needed}`);
  }
});

test('an error says its own sentence, or the catalogue’s', () => {
  assert.equal(new AttuneError('rate_limited').message, 'Too many requests.');
  const error = new AttuneError('forbidden', { message: 'Not you.', param: 'serve' }, { cause: 'x' });
  assert.deepEqual(
    [error.status, error.message, error.details.param, error.cause],
    [403, 'Not you.', 'serve', 'x'],
  );
});

test('a field that does not exist is refused by its name, not dropped', () => {
  const response_id = '0198c0de-0000-7000-8000-000000000001';
  const mistyped = FeedbackInput.safeParse({ response_id, rating: 4, thumb: 'up' });
  assert.match(String(mistyped.error), /thumb/);
  assert.match(String(AttuneOptions.safeParse({ candidate: 4 }).error), /candidate/);
  assert.match(String(RewardHyperparameters.safeParse({ epochs: 3 }).error), /epochs/);
});
