import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { type ErrorCode, errorCatalogue } from './errors.ts';
import { rooms } from './roles.ts';

const all = Object.entries<Endpoint>(endpoints);

describe('every endpoint', () => {
  test('goes by its key', () => {
    for (const [key, { id }] of all) assert.equal(id, key);
  });

  test('has an address of its own', () => {
    // `/x/:id` and `/x/:name` are one address.
    const addresses = all.map(([, { method, path }]) => `${method} ${path.replace(/:\w+/g, ':')}`);
    assert.equal(new Set(addresses).size, addresses.length);
  });

  test('declares exactly the parameters in its path', () => {
    for (const [key, { path, params }] of all) {
      const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name).sort();
      const declared = params instanceof z.ZodObject ? Object.keys(params.shape).sort() : [];
      assert.deepEqual(declared, named, key);
    }
  });

  test('belongs to a room, reads with GET and writes with a body', () => {
    for (const [key, { room, method, body, summary }] of all) {
      assert.ok(rooms.includes(room), key);
      if (method === 'get') assert.equal(body, undefined, key);
      assert.ok(summary.length > 5 && !summary.endsWith('.'), `${key}: ${summary}`);
    }
  });

  test('names errors of the catalogue, each once', () => {
    for (const [key, { errors }] of all) {
      for (const code of errors) assert.ok(code in errorCatalogue, `${key}: ${code}`);
      assert.equal(new Set(errors).size, errors.length, key);
    }
  });

  test('that gives a list takes a cursor and a limit', () => {
    const lists = all.filter(
      ([, { response }]) => response instanceof z.ZodObject && 'next_cursor' in response.shape,
    );
    assert.ok(lists.length >= 12);
    for (const [key, { query, errors }] of lists) {
      assert.ok(query !== undefined && errors.includes('invalid_cursor'), key);
      // A comparison is a list too, and cannot do without what it compares with.
      const parsed = query.parse({ against: '0198c0de-0000-7000-8000-000000000001' });
      assert.ok(
        typeof parsed === 'object' && parsed !== null && 'limit' in parsed && parsed.limit === 50,
        key,
      );
      assert.ok(
        query.safeParse({ cursor: 'x', limit: '200', against: '0198c0de-0000-7000-8000-000000000001' })
          .success,
        key,
      );
      for (const limit of ['0', '201', '1.5', 'many', ''])
        assert.ok(!query.safeParse({ limit }).success, `${key} ${limit}`);
    }
    for (const [key, { response }] of all.filter(
      ([name]) => name.startsWith('list') && name !== 'listServedModels',
    )) {
      assert.ok(
        response instanceof z.ZodObject && 'next_cursor' in response.shape,
        `${key} is a list without pages`,
      );
    }
  });

  test('can be described as JSON Schema', () => {
    for (const [key, { params, query, body, response }] of all) {
      for (const schema of [params, query, body]) {
        if (schema !== undefined) assert.doesNotThrow(() => z.toJSONSchema(schema, { io: 'input' }), key);
      }
      assert.doesNotThrow(() => z.toJSONSchema(response, { io: 'output' }), key);
    }
  });
});

describe('every error of the catalogue', () => {
  test('says what is wrong and what to do', () => {
    for (const [code, { status, message, hint }] of Object.entries(errorCatalogue)) {
      assert.match(code, /^[a-z]+(_[a-z]+)*$/);
      assert.ok(status >= 400 && status < 600, code);
      assert.ok(message.endsWith('.') && hint.endsWith('.'), code);
    }
  });

  test('has the type that OpenAI clients expect with its status', () => {
    const types: Record<number, string> = {
      401: 'authentication_error',
      403: 'permission_error',
      404: 'not_found_error',
      409: 'conflict_error',
      429: 'rate_limit_error',
    };
    for (const [code, { status, type }] of Object.entries(errorCatalogue)) {
      const expected = types[status];
      if (expected !== undefined) assert.equal(type, expected, code);
      if (status === 500 || status === 503) assert.equal(type, 'server_error', code);
    }
  });

  test('can happen: an endpoint names it, or every route can give it', () => {
    const everywhere: ErrorCode[] = [
      'malformed_json',
      'invalid_request',
      'body_too_large',
      'unsupported_media_type',
      'unauthenticated',
      'forbidden',
      'origin_not_allowed',
      'route_not_found',
      'idempotency_conflict',
      'database_unavailable',
      'internal_error',
    ];
    const named = new Set<string>([...everywhere, ...all.flatMap(([, { errors }]) => errors)]);
    assert.deepEqual(
      Object.keys(errorCatalogue).filter((code) => !named.has(code)),
      [],
    );
  });
});
