import { answerIn, questionIn } from './exchange.ts';
import { isRecord, type SourceRow, unpacked } from './source-value.ts';

/** LangSmith: runs and data-set examples have `inputs` and `outputs` (LangSmith, "Run data format", "Export datasets"). */
export function isLangSmith(row: SourceRow): boolean {
  return 'inputs' in row && ('outputs' in row || 'run_type' in row);
}

/** The exchange of a run, with what people said of it; an example's own output counts as the answer. */
export function fromLangSmith(row: SourceRow): SourceRow[] {
  const feedback = unpacked(row.feedback);
  const said = Array.isArray(feedback) ? feedback.filter(isRecord) : [];
  const first = said.find(({ score, value }) => score != null || value != null);
  return [
    {
      query: questionIn(row.inputs),
      response: answerIn(row.outputs),
      answers: {
        ...averages(unpacked(row.feedback_stats)),
        ...Object.fromEntries(said.map(({ key, score, value }) => [String(key), score ?? value])),
      },
      comment: first?.comment ?? said.find(({ comment }) => comment != null)?.comment,
      correction: said.map(({ correction }) => answerIn(correction)).find((text) => text !== null),
      session_id: row.session_id ?? row.trace_id,
      created_at: row.start_time ?? row.created_at,
    },
  ];
}

/** `feedback_stats` has a mean for each kind of feedback. */
function averages(stats: unknown): SourceRow {
  if (!isRecord(stats)) return {};
  return Object.fromEntries(
    Object.entries(stats).flatMap(([key, value]) =>
      isRecord(value) && value.avg != null ? [[key, value.avg]] : [],
    ),
  );
}

/** Langfuse: traces and observations have `input`, `output` and their times (Langfuse, "Export data from UI"). */
export function isLangfuse(row: SourceRow): boolean {
  const marks = ['userId', 'sessionId', 'traceId', 'traceName', 'bookmarked', 'observations'];
  return 'input' in row && 'output' in row && marks.some((name) => name in row);
}

const own = new Set(
  (
    'id name timestamp startTime endTime input output metadata tags userId sessionId traceId release version public bookmarked ' +
    'observations latency totalCost scores comments environment htmlPath projectId createdAt updatedAt'
  ).split(' '),
);

/** The exchange of a trace with its scores: a list, or columns of the export that hold a list of values each. */
export function fromLangfuse(row: SourceRow): SourceRow[] {
  const scores = unpacked(row.scores);
  const listed = Array.isArray(scores) ? scores.filter(isRecord) : [];
  const columns = Object.entries(row).flatMap(([name, value]) => {
    const values = unpacked(value);
    return !own.has(name) && Array.isArray(values) && values.length > 0 ? [[name, values[0]]] : [];
  });
  return [
    {
      query: questionIn(row.input),
      response: answerIn(row.output),
      answers: {
        ...Object.fromEntries(columns),
        ...Object.fromEntries(
          listed.map(({ name, value, stringValue }) => [String(name), value ?? stringValue]),
        ),
      },
      comment: listed.find(({ comment }) => comment != null)?.comment,
      user_id: row.userId,
      session_id: row.sessionId,
      created_at: row.timestamp ?? row.startTime,
    },
  ];
}
