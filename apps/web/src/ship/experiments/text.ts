import type { Criterion, Experiment, ExperimentMetric, ExperimentResults } from '@attune/contracts';
import { catalogue } from '../../text/catalogue.ts';
import { english, vietnamese } from '../../text/formats.ts';
import { boundWords } from './metric-words.ts';

type Recommendation = ExperimentResults['recommendation'];
type Metrics = Readonly<Record<ExperimentMetric, string>>;

const englishMetrics = {
  satisfaction: 'Satisfaction',
  rating: 'Rating',
  safety_reports: 'Safety reports',
  latency: 'Latency',
  error_rate: 'Errors',
} satisfies Metrics;
const vietnameseMetrics = {
  satisfaction: 'Mức hài lòng',
  rating: 'Điểm đánh giá',
  safety_reports: 'Báo cáo an toàn',
  latency: 'Độ trễ',
  error_rate: 'Lỗi',
} satisfies Metrics;

const englishPoints = 'pp';
const vietnamesePoints = 'điểm %';

/** What must be so, as a sentence: where the bound lies beyond “no change” it is said from the good side. */
function englishCriterion(criterion: Criterion): string {
  const { metric, measure, bound, value } = criterion;
  const size = boundWords(criterion, english, englishPoints);
  const name = englishMetrics[metric];
  if (measure === 'count') {
    return value === 0 ? `${name}: none with the treatment` : `${name}: at most ${size} with the treatment`;
  }
  if (bound === 'above') {
    if (value === 0) return `${name}: higher than with the control`;
    return value > 0 ? `${name}: up by more than ${size}` : `${name}: down by less than ${size}`;
  }
  if (value === 0) return `${name}: lower than with the control`;
  return value > 0 ? `${name}: up by less than ${size}` : `${name}: down by more than ${size}`;
}

function vietnameseCriterion(criterion: Criterion): string {
  const { metric, measure, bound, value } = criterion;
  const size = boundWords(criterion, vietnamese, vietnamesePoints);
  const name = vietnameseMetrics[metric];
  if (measure === 'count') {
    return value === 0 ? `${name}: nhóm thử không có báo cáo nào` : `${name}: nhóm thử có nhiều nhất ${size}`;
  }
  if (bound === 'above') {
    if (value === 0) return `${name}: cao hơn nhóm đối chứng`;
    return value > 0 ? `${name}: tăng hơn ${size}` : `${name}: giảm ít hơn ${size}`;
  }
  if (value === 0) return `${name}: thấp hơn nhóm đối chứng`;
  return value > 0 ? `${name}: tăng ít hơn ${size}` : `${name}: giảm hơn ${size}`;
}

/** What an experiment tells apart. */
type Unit = Experiment['unit'];

interface Units {
  /** In the smaller arm, and how many it needs. */
  readonly least: number;
  readonly needed: number;
  readonly unit: Unit;
}

const vietnameseUnits = { user: 'người dùng', session: 'phiên' } as const;

const daysEnglish = (days: number) =>
  english.plural(Math.max(1, Math.ceil(days)), { one: '# day', other: '# days' });
const daysVietnamese = (days: number) => vietnamese.plural(Math.max(1, Math.ceil(days)), { other: '# ngày' });

/** What the pages of experiments say. */
export const text = catalogue({
  en: {
    title: 'Experiments',
    about: 'Two reward models on live traffic. Each user meets one of them, and their feedback decides.',
    start: 'New experiment',
    startFirst: 'Start the first one',
    back: 'All experiments',
    status: 'Status',
    anyStatus: 'Any status',
    statuses: {
      draft: 'draft',
      running: 'running',
      paused: 'paused',
      completed: 'completed',
      cancelled: 'cancelled',
    },
    theExperiments: 'the experiments',
    theExperiment: 'the experiment',
    empty: 'No experiments yet',
    emptyAbout:
      'An experiment gives some users answers chosen by another model and compares what both groups say about them. Its intervals hold however often you look, so you may stop as soon as it is clear.',
    noneMatch: 'No experiment has this status',
    noneMatchAbout: 'Choose another status.',
    versus: (treatment: string, control: string) => `${treatment} against ${control}`,
    trafficShare: (share: number) => `${english.percent(share)} of traffic`,
    users: (control: number, treatment: number, unit: Unit) =>
      `${english.count(control)} ${unit}s with the control, ${english.count(treatment)} with the treatment`,
    noUsers: 'nobody met a difference yet',
    started: 'started',
    ends: (moment: string) => `ends ${moment}`,
    ended: (moment: string) => `ended ${moment}`,
    arms: { control: 'Control', treatment: 'Treatment' },
    metrics: englishMetrics,
    points: englishPoints,
    criterion: englishCriterion,
    verdicts: {
      deploy: 'Give the treatment all traffic',
      keep: 'Keep the control',
      go_on: 'Go on',
      stop: 'Stop: the treatment does harm',
      not_enough_data: 'Not enough data yet',
      blocked: 'Blocked: the arms do not fill as planned',
    },
    daysLeft: (days: number) => `for about ${daysEnglish(days)}`,
    winners: {
      control: 'The control won',
      treatment: 'The treatment won',
      inconclusive: 'No winner',
    },
    notLooked: 'Not looked at yet',
    reason: ({ reason, metric }: Recommendation, { least, needed, unit }: Units) => {
      const name = metric === null ? '' : englishMetrics[metric];
      switch (reason) {
        case 'all_criteria_hold':
          return 'Every criterion holds, with its whole interval.';
        case 'a_criterion_fails':
          return metric === 'safety_reports'
            ? `${name}: more of them than the criteria allow, so the treatment cannot win. They are not surely more than with the control, or it would have been stopped.`
            : `${name} misses its criterion with its whole interval. Going on would hardly change that.`;
        case 'criteria_open':
          return 'Nothing got worse for sure, but the intervals still hold both success and failure.';
        case 'metric_worse':
          return `${name} is worse than with the control, with its whole interval.`;
        case 'too_few_users':
          return `Each arm needs ${needed} ${unit}s whose answers could differ; the smaller one has ${english.count(least)}. Answers with one candidate, and requests without a ${unit}, show no difference and do not count.`;
        case 'too_little_feedback':
          return `There are enough ${unit}s, but each arm needs ${needed} that reacted. The smaller one has ${english.count(least)}.`;
        case 'sample_ratio_mismatch':
          return 'Chance does not explain how unevenly users arrived. Until the cause is found, believe no figure below: look for clients that lose user names, or for one arm that fails more often.';
      }
    },
  },
  vi: {
    title: 'Thử nghiệm',
    about:
      'Hai mô hình thưởng trên lưu lượng thật. Mỗi người dùng chỉ gặp một mô hình, và phản hồi của họ quyết định.',
    start: 'Thử nghiệm mới',
    startFirst: 'Bắt đầu thử nghiệm đầu tiên',
    back: 'Mọi thử nghiệm',
    status: 'Trạng thái',
    anyStatus: 'Mọi trạng thái',
    statuses: {
      draft: 'bản nháp',
      running: 'đang chạy',
      paused: 'tạm dừng',
      completed: 'đã xong',
      cancelled: 'đã hủy',
    },
    theExperiments: 'các thử nghiệm',
    theExperiment: 'thử nghiệm',
    empty: 'Chưa có thử nghiệm nào',
    emptyAbout:
      'Thử nghiệm cho một phần người dùng nhận câu trả lời do mô hình khác chọn, rồi so sánh ý kiến của hai nhóm. Khoảng tin cậy luôn đúng dù xem bao nhiêu lần, nên bạn có thể dừng ngay khi đã rõ.',
    noneMatch: 'Không có thử nghiệm nào ở trạng thái này',
    noneMatchAbout: 'Hãy chọn trạng thái khác.',
    versus: (treatment: string, control: string) => `${treatment} so với ${control}`,
    trafficShare: (share: number) => `${vietnamese.percent(share)} lưu lượng`,
    users: (control: number, treatment: number, unit: Unit) =>
      `${vietnamese.count(control)} ${vietnameseUnits[unit]} nhóm đối chứng, ${vietnamese.count(treatment)} nhóm thử`,
    noUsers: 'chưa ai gặp khác biệt',
    started: 'bắt đầu',
    ends: (moment: string) => `kết thúc ${moment}`,
    ended: (moment: string) => `đã kết thúc ${moment}`,
    arms: { control: 'Đối chứng', treatment: 'Thử' },
    metrics: vietnameseMetrics,
    points: vietnamesePoints,
    criterion: vietnameseCriterion,
    verdicts: {
      deploy: 'Dành toàn bộ lưu lượng cho mô hình thử',
      keep: 'Giữ mô hình đối chứng',
      go_on: 'Tiếp tục',
      stop: 'Dừng: mô hình thử gây hại',
      not_enough_data: 'Chưa đủ dữ liệu',
      blocked: 'Bị chặn: hai nhóm không đầy theo kế hoạch',
    },
    daysLeft: (days: number) => `thêm khoảng ${daysVietnamese(days)}`,
    winners: {
      control: 'Đối chứng thắng',
      treatment: 'Mô hình thử thắng',
      inconclusive: 'Không bên nào thắng',
    },
    notLooked: 'Chưa được xem xét',
    reason: ({ reason, metric }: Recommendation, { least, needed, unit }: Units) => {
      const name = metric === null ? '' : vietnameseMetrics[metric];
      switch (reason) {
        case 'all_criteria_hold':
          return 'Mọi tiêu chí đều đạt với toàn bộ khoảng tin cậy.';
        case 'a_criterion_fails':
          return metric === 'safety_reports'
            ? `${name}: nhiều hơn mức tiêu chí cho phép nên mô hình thử không thể thắng. Chưa chắc chắn nhiều hơn nhóm đối chứng, nếu không thử nghiệm đã bị dừng.`
            : `${name} không đạt tiêu chí với toàn bộ khoảng tin cậy. Chạy tiếp cũng khó thay đổi.`;
        case 'criteria_open':
          return 'Không có gì chắc chắn xấu đi, nhưng các khoảng tin cậy vẫn chứa cả thành công lẫn thất bại.';
        case 'metric_worse':
          return `${name} kém hơn nhóm đối chứng với toàn bộ khoảng tin cậy.`;
        case 'too_few_users':
          return `Mỗi nhóm cần ${needed} ${vietnameseUnits[unit]} mà câu trả lời có thể khác nhau; nhóm nhỏ hơn mới có ${vietnamese.count(least)}. Câu trả lời chỉ có một ứng viên và yêu cầu không nêu ${vietnameseUnits[unit]} không cho thấy khác biệt nên không được tính.`;
        case 'too_little_feedback':
          return `Đã đủ ${vietnameseUnits[unit]}, nhưng mỗi nhóm cần ${needed} có phản hồi. Nhóm nhỏ hơn mới có ${vietnamese.count(least)}.`;
        case 'sample_ratio_mismatch':
          return 'Sự chênh lệch số người dùng không thể do ngẫu nhiên. Khi chưa rõ nguyên nhân, đừng tin số liệu nào bên dưới: hãy kiểm tra ứng dụng làm mất tên người dùng, hoặc một nhóm bị lỗi nhiều hơn.';
      }
    },
  },
});
