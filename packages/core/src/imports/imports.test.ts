import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detectFormat, flatRows, type ImportFormat } from './import-format.ts';
import { mapRow, Unmappable } from './map-row.ts';
import { type ImportTarget, likelyTargets, neededFields, proposeFields } from './propose-mapping.ts';
import { pathsOf, type SourceRow, valueAt } from './source-value.ts';

/** What rows become when nobody says anything about them. */
function imported(rows: readonly SourceRow[], target?: ImportTarget) {
  const format = detectFormat(rows);
  const flat = rows.flatMap((row) => flatRows(format, row));
  const wanted = target ?? likelyTargets(flat)[0] ?? 'ratings';
  const fields = proposeFields(wanted, flat);
  return { format, target: wanted, rows: flat.map((row) => mapRow(wanted, fields, row)) };
}

describe('paths', () => {
  const row = { a: { b: [{ c: 1 }, { c: 'x' }] }, 'odd.name': 1, d: null };
  test('name values within rows', () => {
    assert.equal(valueAt(row, 'a.b[1].c'), 'x');
    assert.equal(valueAt(row, 'a.b[2].c'), undefined);
    assert.equal(valueAt(row, 'a.toString'), undefined);
    assert.equal(valueAt(row, '__proto__.constructor'), undefined);
  });
  test('are listed to where a value is', () => {
    assert.deepEqual(pathsOf(row), ['a.b[0].c', 'a.b[1].c']);
  });
});

describe('Argilla', () => {
  // Shape of Argilla 2: docs.argilla.io, "rg.Dataset.records", to_json.
  const record = {
    id: '1',
    status: 'completed',
    fields: { question: 'How long?', answer: 'Ten days.' },
    metadata: {},
    suggestions: {},
    responses: {
      quality: [
        { value: 4, user_id: 'u1' },
        { value: 2, user_id: 'u2' },
      ],
      comment: [{ value: 'clear', user_id: 'u1' }],
    },
  };

  test('records give a row for each person', () => {
    assert.deepEqual(imported([record, { ...record, responses: {} }]), {
      format: 'argilla',
      target: 'ratings',
      rows: [
        {
          user_prompt: 'How long?',
          ai_response: 'Ten days.',
          rating: 4,
          feedback_comment: 'clear',
          user_id: 'u1',
        },
        { user_prompt: 'How long?', ai_response: 'Ten days.', rating: 2, user_id: 'u2' },
      ],
    });
  });

  test('a ranking gives the best and the worst', () => {
    const ranking = {
      value: [
        { rank: 2, value: 'a' },
        { rank: 1, value: 'b' },
      ],
      user_id: 'u1',
    };
    const row = {
      fields: { prompt: 'Why?', a: 'Because.', b: 'To protect others.' },
      responses: { ranking: [ranking] },
    };
    assert.deepEqual(imported([row]).rows, [
      { prompt: 'Why?', chosen: 'To protect others.', rejected: 'Because.', annotator_email: 'u1' },
    ]);
  });

  // Shapes of the hub: Argilla 1 ("FeedbackDataset.from_huggingface") and 2 (`quality.responses`).
  test('rows of the hub are read', () => {
    const first = {
      question: 'How long?',
      answer: 'Ten days.',
      quality: { user_id: ['u1'], value: [5], status: ['submitted'] },
    };
    const second = {
      id: 'x',
      question: 'How long?',
      answer: 'Ten days.',
      'quality.responses': [5],
      'quality.responses.users': ['u1'],
    };
    for (const row of [first, second]) {
      const { format, rows } = imported([row]);
      assert.equal(format, 'argilla');
      assert.deepEqual(rows, [
        { user_prompt: 'How long?', ai_response: 'Ten days.', rating: 5, user_id: 'u1' },
      ]);
    }
  });
});

describe('Label Studio', () => {
  // Shape: labelstud.io/guide/task_format.
  const task = (result: object[], extra: object = {}) => ({
    id: 1,
    data: { prompt: 'How long?', text1: 'Ten days.', text2: 'A while.' },
    annotations: [
      {
        id: 7,
        completed_by: { email: 'ann@example.com' },
        was_cancelled: false,
        created_at: '2026-03-09T22:16:08.728353Z',
        result,
        ...extra,
      },
    ],
    predictions: [],
  });

  test('a pairwise choice is a pair', () => {
    const result = {
      from_name: 'pw',
      to_name: 'text1,text2',
      type: 'pairwise',
      value: { selected: 'right' },
    };
    assert.deepEqual(imported([task([result])]), {
      format: 'label_studio',
      target: 'pairs',
      rows: [
        {
          prompt: 'How long?',
          chosen: 'A while.',
          rejected: 'Ten days.',
          annotator_email: 'ann@example.com',
        },
      ],
    });
  });

  test('stars and text areas are ratings with a comment; cancelled annotations say nothing', () => {
    const results = [
      { from_name: 'rating', to_name: 'response', type: 'rating', value: { rating: 3 } },
      { from_name: 'comment', to_name: 'response', type: 'textarea', value: { text: ['too', 'short'] } },
    ];
    const data = { question: 'How long?', response: 'Ten days.' };
    const rows = [
      { ...task(results), data },
      { ...task(results, { was_cancelled: true }), data },
    ];
    assert.deepEqual(imported(rows).rows, [
      {
        user_prompt: 'How long?',
        ai_response: 'Ten days.',
        rating: 3,
        feedback_comment: 'too\nshort',
        user_id: 'ann@example.com',
        created_at: '2026-03-09T22:16:08.728Z',
      },
    ]);
  });

  test('choices are labels', () => {
    const result = { from_name: 'verdict', to_name: 'answer', type: 'choices', value: { choices: ['Bad'] } };
    const row = { ...task([result]), data: { question: 'q', answer: 'a' } };
    assert.equal(imported([row]).rows[0]?.rating, 1);
  });
});

describe('LangSmith', () => {
  // Shapes: docs.langchain.com, "Run data format"; messages as LangChain serialises them.
  test('runs with feedback', () => {
    const run = {
      id: 'r',
      run_type: 'chain',
      start_time: '2026-01-02T03:04:05',
      inputs: {
        messages: [
          [{ id: ['langchain', 'schema', 'messages', 'HumanMessage'], kwargs: { content: 'How long?' } }],
        ],
      },
      outputs: { generations: [[{ text: 'Ten days.' }]] },
      feedback_stats: { user_score: { n: 2, avg: 0.5 } },
    };
    const { format, rows } = imported([run, { ...run, feedback_stats: { user_score: { n: 1, avg: 1 } } }]);
    assert.equal(format, 'langsmith');
    assert.deepEqual(
      rows.map(({ user_prompt, ai_response, rating }) => [user_prompt, ai_response, rating]),
      [
        ['How long?', 'Ten days.', 3],
        ['How long?', 'Ten days.', 5],
      ],
    );
  });

  test('a correction and a comment', () => {
    const run = {
      inputs: { question: 'How long?' },
      outputs: { answer: 'A while.' },
      feedback: [{ key: 'correctness', score: 0, comment: 'vague', correction: { answer: 'Ten days.' } }],
    };
    assert.deepEqual(imported([run], 'corrections').rows, [
      { prompt: 'How long?', chosen: 'Ten days.', rejected: 'A while.' },
    ]);
    assert.equal(imported([run], 'ratings').rows[0]?.feedback_comment, 'vague');
  });
});

describe('Langfuse', () => {
  // Shape of the export of the traces table: a column for each score, holding a list (langfuse.com, "Export data from UI").
  test('traces with scores as columns, nested values as text', () => {
    const trace = {
      id: 't',
      timestamp: '2026-01-02T03:04:05.000Z',
      userId: 'u1',
      sessionId: 's1',
      input: '{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"How long?"}]}',
      output: '{"role":"assistant","content":"Ten days."}',
      metadata: '{}',
      'user-feedback': '[1]',
    };
    assert.deepEqual(imported([trace]), {
      format: 'langfuse',
      target: 'ratings',
      rows: [
        {
          user_prompt: 'How long?',
          ai_response: 'Ten days.',
          rating: 5,
          user_id: 'u1',
          created_at: '2026-01-02T03:04:05.000Z',
        },
      ],
    });
  });

  test('a trace with its list of scores', () => {
    const trace = {
      traceId: 't',
      userId: null,
      input: 'How long?',
      output: 'Ten days.',
      scores: [{ name: 'quality', value: 2, comment: 'meh' }],
    };
    assert.deepEqual(imported([trace]).rows, [
      { user_prompt: 'How long?', ai_response: 'Ten days.', rating: 2, feedback_comment: 'meh' },
    ]);
  });
});

describe('files of training formats and plain ones', () => {
  test('OpenAI and TRL preference rows are pairs', () => {
    const message = (role: string, content: string) => ({ role, content });
    const wanted = [{ prompt: 'q', chosen: 'a', rejected: 'b' }];
    const files: SourceRow[] = [
      {
        input: { messages: [message('user', 'q')] },
        preferred_output: [message('assistant', 'a')],
        non_preferred_output: [message('assistant', 'b')],
      },
      { prompt: 'q', chosen: 'a', rejected: 'b' },
      {
        prompt: [message('user', 'q')],
        chosen: [message('assistant', 'a')],
        rejected: [message('assistant', 'b')],
      },
      {
        chosen: [message('user', 'q'), message('assistant', 'a')],
        rejected: [message('user', 'q'), message('assistant', 'b')],
      },
    ];
    for (const row of files) assert.deepEqual(imported([row]).rows, wanted, JSON.stringify(row));
  });

  test('KTO rows are ratings, chats are conversations', () => {
    assert.deepEqual(imported([{ prompt: 'q', completion: 'a', label: false }]).rows, [
      { user_prompt: 'q', ai_response: 'a', rating: 1 },
    ]);
    const messages = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'a' },
    ];
    assert.deepEqual(imported([{ messages }]), {
      format: 'openai_chat',
      target: 'conversations',
      rows: [{ messages }],
    });
  });

  test('columns are told by their names, scales by their values', () => {
    const rows = [0, 5, 10].map((score) => ({ Prompt: 'q', Answer: 'a', Score: String(score) }));
    assert.deepEqual(
      imported(rows).rows.map(({ rating }) => rating),
      [1, 3, 5],
    );
    const labelled = ['👍', '👎', 'so-so'].map((feedback) => ({ question: 'q', response: 'a', feedback }));
    assert.deepEqual(
      imported(labelled).rows.map(({ rating }) => rating),
      [5, 1, 3],
    );
  });

  test('what can not be told is not invented', () => {
    assert.deepEqual(likelyTargets([{ x: 1, y: 'z' }]), []);
    assert.deepEqual(proposeFields('ratings', [{ x: 1 }]), {});
    for (const target of Object.keys(neededFields))
      assert.ok(neededFields[target as ImportTarget].length > 0);
    assert.throws(
      () => mapRow('ratings', { rating: { path: 'r', labels: { good: 5 } } }, { r: 'bad' }),
      Unmappable,
    );
  });
});

test('turns before the question of a training file go along', () => {
  const turns = [
    { role: 'system', content: 'You are kind.' },
    { role: 'user', content: 'How do vaccines work?' },
    { role: 'assistant', content: 'They train the immune system.' },
    { role: 'user', content: 'And for children?' },
  ];
  const said = (content: string) => [{ role: 'assistant', content }];
  const context = 'user: How do vaccines work?\nassistant: They train the immune system.';
  const asPair = { prompt: 'And for children?', context, chosen: 'The same.', rejected: 'No.' };
  const mapped = (row: SourceRow, format: ImportFormat) => {
    const flat = flatRows(format, row);
    return flat.map((one) => mapRow('pairs', proposeFields('pairs', flat), one));
  };
  const trl = { prompt: turns, chosen: said('The same.'), rejected: said('No.') };
  assert.deepEqual(mapped(trl, 'trl_preference'), [asPair]);
  const implicit = { chosen: [...turns, ...said('The same.')], rejected: [...turns, ...said('No.')] };
  assert.deepEqual(mapped(implicit, 'trl_preference'), [asPair]);
  const openai = {
    input: { messages: turns },
    preferred_output: said('The same.'),
    non_preferred_output: said('No.'),
  };
  assert.deepEqual(mapped(openai, 'openai_preference'), [asPair]);
  const [kto] = flatRows('trl_kto', { prompt: turns, completion: said('The same.'), label: true });
  assert.equal(kto?.context, context);
});
