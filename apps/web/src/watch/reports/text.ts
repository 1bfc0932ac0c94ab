import type {
  JudgingEstimate,
  ReportChange,
  ReportContent,
  ReportMetric,
  ReportReason,
} from '@attune/contracts';
import { catalogue } from '../../text/catalogue.ts';
import { english, vietnamese } from '../../text/formats.ts';
import { differenceOf, estimateOf } from './figures.ts';

type Estimate = ReportChange['now'];
type Experiment = ReportContent['models']['experiments'][number];
type Drift = ReportContent['drift'][number]['verdict'];
type Job = ReportContent['training']['runs'][number]['status'];
type Ramp = ReportContent['models']['ramps'][number]['state'];

const englishMetrics: Readonly<Record<ReportMetric, string>> = {
  satisfaction: 'Satisfaction',
  rating: 'Rating',
  thumbs: 'Thumbs up',
  coverage: 'Answers with feedback',
  harm: 'People who report harm',
  latency: 'Time to an answer',
  error_rate: 'Failed answers',
  tokens: 'Tokens an answer',
  retries: 'Questions put again',
};
const vietnameseMetrics: Readonly<Record<ReportMetric, string>> = {
  satisfaction: 'Mức hài lòng',
  rating: 'Điểm đánh giá',
  thumbs: 'Tỷ lệ thích',
  coverage: 'Câu trả lời có phản hồi',
  harm: 'Người báo cáo gây hại',
  latency: 'Thời gian trả lời',
  error_rate: 'Câu trả lời lỗi',
  tokens: 'Token mỗi câu trả lời',
  retries: 'Câu hỏi lặp lại',
};

function englishWhy(why: ReportReason): string {
  switch (why.kind) {
    case 'roll_back': {
      const worse = english.list(why.worse.map((metric) => englishMetrics[metric].toLowerCase()));
      return `Take the traffic from ${why.model} again: it got some in this period, and ${worse} got worse.`;
    }
    case 'end_experiment':
      return `End the experiment “${why.name}”: its results do not favour the treatment.`;
    case 'promote_experiment':
      return `Give the treatment of “${why.name}” all traffic: every criterion holds.`;
    case 'retrain':
      return `Run the rule “${why.name}”: ${english.plural(why.ratings, { one: '# approved rating is', other: '# approved ratings are' })} in no data set yet.`;
    case 'add_rule':
      return `Add a rule that retrains: ${english.plural(why.ratings, { one: '# approved rating is', other: '# approved ratings are' })} in no data set yet, and there is no rule.`;
    case 'measure_gates':
      return `Measure the gates of ${why.model}: it waits and was never measured.`;
    case 'judge_pairs':
      return `Have people judge ${english.count(why.pairs)} pairs in “${why.name}”: answers of this period had rivals.`;
    case 'open_judging':
      return `Start a judging project: ${english.count(why.pairs)} answers of this period had rivals, and no project compares answers.`;
    case 'review_topic':
      return `Review what people say about ${english.list(why.words)}: of ${english.plural(why.reactions, { one: '# reaction', other: '# reactions' })} most are negative.`;
  }
}

function vietnameseWhy(why: ReportReason): string {
  switch (why.kind) {
    case 'roll_back': {
      const worse = vietnamese.list(why.worse.map((metric) => vietnameseMetrics[metric].toLowerCase()));
      return `Rút lưu lượng khỏi ${why.model}: mô hình này nhận lưu lượng trong kỳ, và ${worse} kém đi.`;
    }
    case 'end_experiment':
      return `Kết thúc thử nghiệm “${why.name}”: kết quả không nghiêng về phương án mới.`;
    case 'promote_experiment':
      return `Dành toàn bộ lưu lượng cho phương án mới của “${why.name}”: mọi tiêu chí đều đạt.`;
    case 'retrain':
      return `Chạy quy tắc “${why.name}”: ${vietnamese.count(why.ratings)} đánh giá đã duyệt chưa nằm trong tập dữ liệu nào.`;
    case 'add_rule':
      return `Thêm quy tắc huấn luyện lại: ${vietnamese.count(why.ratings)} đánh giá đã duyệt chưa nằm trong tập dữ liệu nào, và chưa có quy tắc nào.`;
    case 'measure_gates':
      return `Đo các cổng kiểm tra của ${why.model}: mô hình đang chờ và chưa từng được đo.`;
    case 'judge_pairs':
      return `Cho người chấm ${vietnamese.count(why.pairs)} cặp trong “${why.name}”: các câu trả lời trong kỳ có phương án khác.`;
    case 'open_judging':
      return `Mở một dự án chấm: ${vietnamese.count(why.pairs)} câu trả lời trong kỳ có phương án khác, và chưa có dự án nào so sánh câu trả lời.`;
    case 'review_topic':
      return `Duyệt những gì mọi người nói về ${vietnamese.list(why.words)}: trong ${vietnamese.count(why.reactions)} phản ứng, phần lớn là tiêu cực.`;
  }
}

/** The last day of a period that ends with a midnight (UTC). */
function lastDay(to: string): string {
  return new Date(new Date(to).getTime() - 1).toISOString().slice(0, 10);
}

const englishRamps: Readonly<Record<Ramp, string>> = {
  ramping: 'under way',
  complete: 'complete',
  rolled_back: 'rolled back',
  superseded: 'replaced by a later one',
};
const vietnameseRamps: Readonly<Record<Ramp, string>> = {
  ramping: 'đang diễn ra',
  complete: 'đã xong',
  rolled_back: 'đã quay lui',
  superseded: 'đã được thay bằng lần sau',
};
const englishJobs: Readonly<Record<Job, string>> = {
  pending: 'waiting',
  validating: 'validating',
  training: 'training',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  lost: 'lost',
};
const vietnameseJobs: Readonly<Record<Job, string>> = {
  pending: 'đang chờ',
  validating: 'đang kiểm tra',
  training: 'đang huấn luyện',
  completed: 'hoàn tất',
  failed: 'thất bại',
  cancelled: 'đã hủy',
  lost: 'mất',
};
const englishDrift: Readonly<Record<Drift, string>> = {
  shifted: 'shifted',
  steady: 'steady',
  unclear: 'unclear',
  not_enough_data: 'not enough data',
};
const vietnameseDrift: Readonly<Record<Drift, string>> = {
  shifted: 'đã lệch',
  steady: 'ổn định',
  unclear: 'chưa rõ',
  not_enough_data: 'chưa đủ dữ liệu',
};

/** What the pages of reports say. */
export const text = catalogue({
  en: {
    title: 'Reports',
    about:
      'What changed in a week or a month, what people said, and what is worth doing now. Made every Monday and on the first of a month.',
    what: 'reports',
    make: { week: 'Report on 7 days', month: 'Report on 30 days' },
    empty: 'No reports yet',
    emptyAbout:
      'The first one is made next Monday at 06:00 UTC. Make one now to see what the last days look like.',
    titleOf: (kind: 'week' | 'month', from: string, to: string) =>
      `${kind === 'week' ? 'Weekly' : 'Monthly'} report, ${from.slice(0, 10)} to ${lastDay(to)}`,
    against: (before: string, from: string) =>
      `Compared with ${before.slice(0, 10)} to ${lastDay(from)}. Days are those of UTC.`,
    byClock: 'made by the clock',
    byHand: 'made by hand',
    answers: (n: number) => english.plural(n, { one: '# answer', other: '# answers' }),
    worse: (names: readonly string[]) => `Worse: ${english.list(names)}`,
    nothingWorse: 'Nothing is surely worse',
    actionsDone: (actions: number, done: number) =>
      actions === 0
        ? 'nothing proposed'
        : `${english.plural(actions, { one: '# proposal', other: '# proposals' })}, ${english.count(done)} done`,
    formats: { md: 'Markdown', html: 'HTML' },
    totals: {
      answers: 'Answers',
      feedback: 'Feedback',
      comments: 'Comments',
      tokens: 'Tokens',
      active: 'Active users',
      new: 'New users',
    },
    beforeCount: (n: number) => `before: ${english.count(n)}`,
    proposed: 'Proposed',
    nothingProposed: 'Nothing needs doing.',
    doneBy: (who: string) => `Done by ${who}`,
    act: {
      roll_back: 'Roll back',
      end_experiment: 'End it',
      promote_experiment: 'Promote it',
      retrain: 'Run it',
      add_rule: 'Add the rule',
      measure_gates: 'Measure',
      judge_pairs: 'Add the pairs',
      open_judging: 'Start the project',
      review_topic: 'Save the filter',
    },
    why: englishWhy,
    changed: 'What changed',
    metric: 'Metric',
    now: 'Now',
    before: 'Before',
    difference: 'Difference',
    verdict: 'Verdict',
    metrics: englishMetrics,
    verdicts: {
      better: 'better',
      worse: 'worse',
      neither: 'changed',
      unclear: 'no clear change',
      not_enough_data: 'not enough data',
    },
    estimate: (metric: ReportMetric, estimate: Estimate) => estimateOf(metric, estimate, english),
    signed: (metric: ReportMetric, estimate: Estimate) => differenceOf(metric, estimate, english),
    intervals:
      'Intervals are 95 %, those of differences 99 %, as several are looked at together. n counts people; for answers with feedback it counts answers. Fewer than 20 on either side are too few to compare.',
    questions: 'What people ask about',
    comments: 'What people write',
    noTopics: 'Not enough are alike to say what they are about.',
    lookedAt: (n: number) => `Of the newest ${english.plural(n, { one: '# text', other: '# texts' })}.`,
    alike: 'Alike in meaning',
    topic: (texts: number, negative: Estimate) =>
      `${english.plural(texts, { one: '# text', other: '# texts' })}, ${negative.n === 0 ? 'no reactions' : `disliked ${estimateOf('thumbs', negative, english)}`}`,
    models: 'Models',
    noModels: 'No model was registered, deployed or tried.',
    registered: (model: string, kind: string) => `${model} was registered (${kind}).`,
    ramp: (model: string, state: Ramp, reason: string | null) =>
      `Deployment of ${model}: ${englishRamps[state]}${reason === null ? '' : ` (${reason})`}.`,
    experiment: ({ winner, satisfaction }: Experiment) => {
      const stands =
        winner === null
          ? 'is running'
          : winner === 'inconclusive'
            ? 'ended without a winner'
            : `won by the ${winner}`;
      return satisfaction === null
        ? `${stands}.`
        : `${stands}; satisfaction ${differenceOf('satisfaction', satisfaction, english)}.`;
    },
    drift: 'Drift of rewards',
    noDrift: 'No reward model takes traffic.',
    driftOf: (model: string, verdict: Drift, index: Estimate) =>
      verdict === 'not_enough_data'
        ? `${model}: ${englishDrift[verdict]}.`
        : `${model}: ${englishDrift[verdict]}, stability index ${estimateOf('rating', index, english)}.`,
    agreement: 'Agreement of judges',
    noAgreement: 'Nobody judged in this period.',
    alpha: (alpha: JudgingEstimate) =>
      alpha.enough ? `alpha ${estimateOf('rating', alpha, english)}` : 'not enough data',
    training: 'Training',
    noTraining: 'No run ended.',
    runEnded: (status: Job, model: string | null, cost: number | null) =>
      `${englishJobs[status]}${model === null ? '' : ` → ${model}`}${cost === null ? '' : `, ${english.decimal(cost, 2)}`}`,
    cost: (now: number, before: number) =>
      `Cost: ${english.decimal(now, 2)} (before: ${english.decimal(before, 2)})`,
  },
  vi: {
    title: 'Báo cáo',
    about:
      'Điều gì đã thay đổi trong một tuần hoặc một tháng, mọi người nói gì, và nên làm gì. Được lập mỗi thứ Hai và ngày đầu tháng.',
    what: 'các báo cáo',
    make: { week: 'Báo cáo 7 ngày', month: 'Báo cáo 30 ngày' },
    empty: 'Chưa có báo cáo nào',
    emptyAbout:
      'Báo cáo đầu tiên được lập vào thứ Hai tới lúc 06:00 UTC. Hãy lập ngay một báo cáo để xem những ngày vừa qua.',
    titleOf: (kind, from, to) =>
      `Báo cáo ${kind === 'week' ? 'tuần' : 'tháng'}, ${from.slice(0, 10)} đến ${lastDay(to)}`,
    against: (before, from) => `So với ${before.slice(0, 10)} đến ${lastDay(from)}. Ngày tính theo giờ UTC.`,
    byClock: 'lập theo lịch',
    byHand: 'lập theo yêu cầu',
    answers: (n) => vietnamese.plural(n, { other: '# câu trả lời' }),
    worse: (names) => `Kém đi: ${vietnamese.list(names)}`,
    nothingWorse: 'Không có gì chắc chắn kém đi',
    actionsDone: (actions, done) =>
      actions === 0
        ? 'không có đề xuất'
        : `${vietnamese.count(actions)} đề xuất, đã làm ${vietnamese.count(done)}`,
    formats: { md: 'Markdown', html: 'HTML' },
    totals: {
      answers: 'Câu trả lời',
      feedback: 'Phản hồi',
      comments: 'Nhận xét',
      tokens: 'Token',
      active: 'Người dùng hoạt động',
      new: 'Người dùng mới',
    },
    beforeCount: (n) => `trước đó: ${vietnamese.count(n)}`,
    proposed: 'Đề xuất',
    nothingProposed: 'Không có việc gì cần làm.',
    doneBy: (who) => `${who} đã làm`,
    act: {
      roll_back: 'Quay lui',
      end_experiment: 'Kết thúc',
      promote_experiment: 'Áp dụng',
      retrain: 'Chạy',
      add_rule: 'Thêm quy tắc',
      measure_gates: 'Đo',
      judge_pairs: 'Thêm các cặp',
      open_judging: 'Mở dự án',
      review_topic: 'Lưu bộ lọc',
    },
    why: vietnameseWhy,
    changed: 'Thay đổi',
    metric: 'Chỉ số',
    now: 'Kỳ này',
    before: 'Kỳ trước',
    difference: 'Chênh lệch',
    verdict: 'Kết luận',
    metrics: vietnameseMetrics,
    verdicts: {
      better: 'tốt hơn',
      worse: 'kém đi',
      neither: 'đã thay đổi',
      unclear: 'không thay đổi rõ',
      not_enough_data: 'chưa đủ dữ liệu',
    },
    estimate: (metric, estimate) => estimateOf(metric, estimate, vietnamese),
    signed: (metric, estimate) => differenceOf(metric, estimate, vietnamese),
    intervals:
      'Khoảng tin cậy là 95 %, của chênh lệch là 99 % vì xem nhiều chỉ số cùng lúc. n là số người; với câu trả lời có phản hồi thì là số câu trả lời. Dưới 20 ở một kỳ thì chưa đủ để so sánh.',
    questions: 'Mọi người hỏi về điều gì',
    comments: 'Mọi người viết gì',
    noTopics: 'Chưa đủ nội dung giống nhau để biết chúng nói về điều gì.',
    lookedAt: (n) => `Trong ${vietnamese.count(n)} đoạn mới nhất.`,
    alike: 'Gần nghĩa',
    topic: (texts, negative) =>
      `${vietnamese.count(texts)} đoạn, ${negative.n === 0 ? 'không có phản ứng' : `không thích ${estimateOf('thumbs', negative, vietnamese)}`}`,
    models: 'Mô hình',
    noModels: 'Không có mô hình nào được đăng ký, triển khai hay thử nghiệm.',
    registered: (model, kind) => `${model} đã được đăng ký (${kind}).`,
    ramp: (model, state, reason) =>
      `Triển khai ${model}: ${vietnameseRamps[state]}${reason === null ? '' : ` (${reason})`}.`,
    experiment: ({ winner, satisfaction }) => {
      const stands =
        winner === null
          ? 'đang chạy'
          : winner === 'inconclusive'
            ? 'kết thúc không phân thắng bại'
            : `phương án ${winner === 'treatment' ? 'mới' : 'cũ'} thắng`;
      return satisfaction === null
        ? `${stands}.`
        : `${stands}; mức hài lòng ${differenceOf('satisfaction', satisfaction, vietnamese)}.`;
    },
    drift: 'Độ lệch của điểm thưởng',
    noDrift: 'Không có mô hình thưởng nào nhận lưu lượng.',
    driftOf: (model, verdict, index) =>
      verdict === 'not_enough_data'
        ? `${model}: ${vietnameseDrift[verdict]}.`
        : `${model}: ${vietnameseDrift[verdict]}, chỉ số ổn định ${estimateOf('rating', index, vietnamese)}.`,
    agreement: 'Mức đồng thuận của người chấm',
    noAgreement: 'Không ai chấm trong kỳ này.',
    alpha: (alpha) => (alpha.enough ? `alpha ${estimateOf('rating', alpha, vietnamese)}` : 'chưa đủ dữ liệu'),
    training: 'Huấn luyện',
    noTraining: 'Không có lần chạy nào kết thúc.',
    runEnded: (status, model, cost) =>
      `${vietnameseJobs[status]}${model === null ? '' : ` → ${model}`}${cost === null ? '' : `, ${vietnamese.decimal(cost, 2)}`}`,
    cost: (now, before) =>
      `Chi phí: ${vietnamese.decimal(now, 2)} (trước đó: ${vietnamese.decimal(before, 2)})`,
  },
});
