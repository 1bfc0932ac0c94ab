import type { RampGuard } from '@attune/contracts';
import { catalogue } from '../../text/catalogue.ts';
import { english, vietnamese } from '../../text/formats.ts';
import { sizeWords } from './guard-words.ts';

const englishPoints = 'pp';
const vietnamesePoints = 'điểm %';

const englishMetrics = {
  rating: 'Rating',
  thumbs: 'Thumbs up',
  safety: 'People who report harm',
  error_rate: 'Errors',
  latency: 'Latency',
  cost: 'Tokens an answer',
} as const;
const vietnameseMetrics = {
  rating: 'Điểm đánh giá',
  thumbs: 'Tỷ lệ thích',
  safety: 'Người báo cáo gây hại',
  error_rate: 'Lỗi',
  latency: 'Độ trễ',
  cost: 'Token mỗi câu trả lời',
} as const;

function englishGuard({ metric, margin }: RampGuard): string {
  const name = englishMetrics[metric];
  const falls = metric === 'rating' || metric === 'thumbs';
  if (!(margin > 0)) return falls ? `${name}: not lower` : `${name}: not more`;
  const size = sizeWords(metric, margin, english, englishPoints);
  if (metric === 'rating') return `${name}: at most ${size} stars lower`;
  if (falls) return `${name}: at most ${size} lower`;
  return metric === 'latency' ? `${name}: at most ${size} slower` : `${name}: at most ${size} more`;
}

function vietnameseGuard({ metric, margin }: RampGuard): string {
  const name = vietnameseMetrics[metric];
  const falls = metric === 'rating' || metric === 'thumbs';
  if (!(margin > 0)) return falls ? `${name}: không thấp hơn` : `${name}: không nhiều hơn`;
  const size = sizeWords(metric, margin, vietnamese, vietnamesePoints);
  if (metric === 'rating') return `${name}: thấp hơn nhiều nhất ${size} sao`;
  if (falls) return `${name}: thấp hơn nhiều nhất ${size}`;
  return metric === 'latency'
    ? `${name}: chậm hơn nhiều nhất ${size}`
    : `${name}: nhiều hơn nhiều nhất ${size}`;
}

/** What the panel of a deployment in steps, and its form, say. */
export const text = catalogue({
  en: {
    points: englishPoints,
    unbounded: 'no bound',
    metrics: englishMetrics,
    guardSentence: englishGuard,
    guards: 'Guards',
    guard: 'Guard',
    fresh: 'New model',
    before: 'Before',
    gap: 'Difference, interval',
    people: 'People, new / before',
    perModel: (fresh: string, before: string) => `${fresh} / ${before}`,
    state: 'State',
    guardStates: {
      tripped: 'tripped',
      fine: 'fine',
      open: 'open',
      not_enough_data: 'not enough data',
    },
    guardsAbout: (level: number) =>
      `A guard trips when the new model is worse by more than its margin and its whole interval (${english.decimal(level * 100, 1)} %) says worse. Intervals hold however often one looks; all guards together send an equal model back in at most 5 of 100 ramps. Latency is a geometric mean.`,
    notLooked: 'Nothing was looked at yet.',
    noGuards: 'No guard watches this step: nothing sends it back by itself.',
    criteria: 'Success',
    criterion: 'Criterion',
    seen: 'Seen, with 95 % interval',
    leastPeople: 'People of the smaller side',
    criterionStates: {
      holds: 'holds',
      fails: 'fails',
      open: 'open',
      not_enough_data: 'not enough data',
    },
    criteriaAbout:
      'The treatment is the new model, the control the one before. Criteria decide nothing; guards do.',
    peopleOf: (fresh: string, before: string) =>
      `${fresh} people met the new model, ${before} the one before.`,
    asPlanned: (p: string) => `They came as planned (p-value ${p}).`,
    notAsPlanned: (p: string) => `People do not come to the models as planned (p-value ${p}).`,
    notAsPlannedAbout:
      'Until somebody decides nothing happens by itself, neither on nor back. Look for clients that lose user names or name a model in their requests; then advance or roll back by hand.',
    history: 'Decisions',
    known: 'What was known',
    byItself: 'by itself',
    byHand: 'by hand',
    actions: {
      started: (share: number) => `Started with ${english.percent(share)}`,
      advanced: (share: number) => `On to ${english.percent(share)}`,
      held: () => 'Held: people do not come as planned',
      paused: (share: number) => `Paused at ${english.percent(share)}`,
      resumed: () => 'Resumed',
      completed: () => 'Complete',
      rolled_back: () => 'Rolled back',
      superseded: () => 'Superseded',
    },
    pausedSince: 'Paused. The share stays, guards go on watching.',
    heldNow: 'Held until somebody decides.',
    pause: 'Pause',
    pausedNow: 'The ramp is paused',
    resume: 'Resume',
    resumed: 'The ramp goes on',
    advance: 'Advance',
    advanceTitle: (share: string) => `Go on to ${share} now?`,
    advanceAbout: 'The rest of the holding time and the missing answers are skipped. Guards go on watching.',
    advanced: (share: string) => `The new model gets ${share}`,
    last: 'The last deployment',
    deploy: 'Deploy',
    form: {
      title: (model: string) => `Deploy ${model}`,
      about: 'How its share of traffic grows, what sends it back, and how much worse it may be meanwhile.',
      back: 'All models',
      steps: 'Steps',
      stepsAbout: 'The shares rise; the last step is all traffic.',
      step: (number: number) => `Step ${number}`,
      share: (number: number) => `Share of step ${number}, %`,
      hold: (number: number) => `Hold step ${number}, minutes`,
      samples: (number: number) => `Answers in step ${number}`,
      shareLabel: 'Share, %',
      holdLabel: 'Hold, minutes',
      samplesLabel: 'Answers at least',
      addStep: 'Add a step',
      removeStep: (number: number) => `Remove step ${number}`,
      guardsAbout:
        'Each compares the new model with the one before during the same step. All traffic goes back as soon as one trips.',
      margin: (metric: string) => `Margin of ${metric}`,
      marginStars: 'stars',
      marginPoints: 'pp',
      marginPercent: '%',
      people: (metric: string) => `People needed for ${metric}`,
      peopleLabel: 'People needed',
      watch: (metric: string) => `Watch ${metric}`,
      start: 'Start',
      started: (model: string) => `${model} gets its first traffic`,
    },
  },
  vi: {
    points: vietnamesePoints,
    unbounded: 'không giới hạn',
    metrics: vietnameseMetrics,
    guardSentence: vietnameseGuard,
    guards: 'Ngưỡng bảo vệ',
    guard: 'Ngưỡng',
    fresh: 'Mô hình mới',
    before: 'Trước đó',
    gap: 'Chênh lệch, khoảng tin cậy',
    people: 'Số người, mới / trước',
    perModel: (fresh: string, before: string) => `${fresh} / ${before}`,
    state: 'Trạng thái',
    guardStates: {
      tripped: 'đã chạm',
      fine: 'ổn',
      open: 'chưa rõ',
      not_enough_data: 'chưa đủ dữ liệu',
    },
    guardsAbout: (level: number) =>
      `Ngưỡng bị chạm khi mô hình mới kém hơn quá mức cho phép và toàn bộ khoảng tin cậy (${vietnamese.decimal(level * 100, 1)} %) đều cho thấy kém hơn. Khoảng tin cậy đúng dù xem bao nhiêu lần; mọi ngưỡng cộng lại thu về nhầm một mô hình ngang bằng trong nhiều nhất 5 trên 100 lần. Độ trễ là trung bình nhân.`,
    notLooked: 'Chưa có lần xem nào.',
    noGuards: 'Không có ngưỡng nào canh bước này: không gì tự thu nó về.',
    criteria: 'Thành công',
    criterion: 'Tiêu chí',
    seen: 'Đã thấy, với khoảng tin cậy 95 %',
    leastPeople: 'Số người của bên ít hơn',
    criterionStates: {
      holds: 'đạt',
      fails: 'không đạt',
      open: 'chưa rõ',
      not_enough_data: 'chưa đủ dữ liệu',
    },
    criteriaAbout:
      'Nhóm thử là mô hình mới, nhóm đối chứng là mô hình trước đó. Tiêu chí không quyết định gì; ngưỡng bảo vệ mới quyết định.',
    peopleOf: (fresh: string, before: string) =>
      `${fresh} người gặp mô hình mới, ${before} người gặp mô hình trước.`,
    asPlanned: (p: string) => `Họ đến đúng theo kế hoạch (giá trị p ${p}).`,
    notAsPlanned: (p: string) => `Người dùng không đến các mô hình theo kế hoạch (giá trị p ${p}).`,
    notAsPlannedAbout:
      'Cho đến khi có người quyết định, không gì tự diễn ra, không tiến cũng không lùi. Hãy kiểm tra ứng dụng làm mất tên người dùng hoặc chỉ định mô hình trong yêu cầu; rồi tự chuyển bước hoặc thu về.',
    history: 'Các quyết định',
    known: 'Điều đã biết khi đó',
    byItself: 'tự động',
    byHand: 'do người',
    actions: {
      started: (share: number) => `Bắt đầu với ${vietnamese.percent(share)}`,
      advanced: (share: number) => `Tăng lên ${vietnamese.percent(share)}`,
      held: () => 'Giữ lại: người dùng không đến theo kế hoạch',
      paused: (share: number) => `Tạm dừng ở ${vietnamese.percent(share)}`,
      resumed: () => 'Tiếp tục',
      completed: () => 'Hoàn tất',
      rolled_back: () => 'Đã thu về',
      superseded: () => 'Đã được thay thế',
    },
    pausedSince: 'Đang tạm dừng. Tỷ lệ giữ nguyên, ngưỡng bảo vệ vẫn canh.',
    heldNow: 'Giữ lại cho đến khi có người quyết định.',
    pause: 'Tạm dừng',
    pausedNow: 'Đã tạm dừng',
    resume: 'Tiếp tục',
    resumed: 'Việc tăng dần tiếp tục',
    advance: 'Chuyển bước',
    advanceTitle: (share: string) => `Tăng lên ${share} ngay?`,
    advanceAbout: 'Bỏ qua thời gian giữ còn lại và số câu trả lời còn thiếu. Ngưỡng bảo vệ vẫn canh.',
    advanced: (share: string) => `Mô hình mới nhận ${share}`,
    last: 'Lần triển khai gần nhất',
    deploy: 'Triển khai',
    form: {
      title: (model: string) => `Triển khai ${model}`,
      about:
        'Lưu lượng của nó tăng ra sao, điều gì thu nó về, và trong lúc đó nó được phép kém hơn bao nhiêu.',
      back: 'Mọi mô hình',
      steps: 'Các bước',
      stepsAbout: 'Tỷ lệ tăng dần; bước cuối là toàn bộ lưu lượng.',
      step: (number: number) => `Bước ${number}`,
      share: (number: number) => `Tỷ lệ của bước ${number}, %`,
      hold: (number: number) => `Giữ bước ${number}, phút`,
      samples: (number: number) => `Số câu trả lời ở bước ${number}`,
      shareLabel: 'Tỷ lệ, %',
      holdLabel: 'Giữ, phút',
      samplesLabel: 'Ít nhất bao nhiêu câu trả lời',
      addStep: 'Thêm bước',
      removeStep: (number: number) => `Bỏ bước ${number}`,
      guardsAbout:
        'Mỗi ngưỡng so mô hình mới với mô hình trước trong cùng một bước. Toàn bộ lưu lượng trở lại ngay khi một ngưỡng bị chạm.',
      margin: (metric: string) => `Mức cho phép của ${metric}`,
      marginStars: 'sao',
      marginPoints: 'điểm %',
      marginPercent: '%',
      people: (metric: string) => `Số người cần cho ${metric}`,
      peopleLabel: 'Số người cần',
      watch: (metric: string) => `Canh ${metric}`,
      start: 'Bắt đầu',
      started: (model: string) => `${model} nhận lưu lượng đầu tiên`,
    },
  },
});
