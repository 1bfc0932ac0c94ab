import { catalogue } from '../text/catalogue.ts';
import { english, type Formats, type Plural, vietnamese } from '../text/formats.ts';

/** How long a step is held, in the largest unit that fits. */
function held(
  seconds: number,
  { plural }: Formats,
  [hours, minutes, rest]: readonly [Plural, Plural, Plural],
): string {
  if (seconds >= 3600) return plural(Math.round(seconds / 3600), hours);
  return seconds >= 60 ? plural(Math.round(seconds / 60), minutes) : plural(Math.round(seconds), rest);
}

const englishUnits = [
  { one: '# hour', other: '# hours' },
  { one: '# minute', other: '# minutes' },
  { one: '# second', other: '# seconds' },
] as const;
const vietnameseUnits = [{ other: '# giờ' }, { other: '# phút' }, { other: '# giây' }] as const;

/** What the models page says. */
export const text = catalogue({
  en: {
    title: 'Models',
    about: 'What was trained, how good it is, and which models choose answers now.',
    models: 'models',
    trafficWhat: 'traffic',
    empty: 'No models yet',
    emptyAbout:
      'Collect at least 50 ratings, then run “attune prepare” and “attune train reward” to make the first one.',
    statuses: { testing: 'testing', deployed: 'deployed', deprecated: 'deprecated', archived: 'archived' },
    kinds: { reward: 'reward', policy: 'policy', safety: 'safety' },
    kind: (kind: string, base: string) => `${kind} on ${base}`,
    metrics: { pair_accuracy: 'Pair accuracy', auc: 'AUC', accuracy: 'Accuracy' },
    doubts: {
      worse_than_chance: 'Orders answers worse than chance',
      not_better_than_chance: 'Not shown to be better than chance',
      not_better_than_length: 'No better than taking the longer answer',
    },
    traffic: 'Traffic',
    noModel: 'no reward model',
    policyTraffic: 'Traffic of policies',
    noPolicy: 'the upstream',
    states: {
      ramping: 'in steps',
      complete: 'complete',
      rolled_back: 'rolled back',
      superseded: 'superseded',
    },
    paused: 'paused',
    deployed: 'deployed',
    step: (step: number, of: number) => `Step ${step} of ${of}`,
    next: (share: number, seconds: number, answers: number) =>
      `On to ${english.percent(share)} after ${held(seconds, english, englishUnits)} and ${english.plural(answers, { one: '# answer', other: '# answers' })}, if no guard trips.`,
    rollBack: {
      action: 'Roll back',
      title: (model: string) => `Roll back ${model}?`,
      about: (model: string) => `All traffic goes back to ${model}, on every replica within 5 seconds.`,
      aboutNone: 'No reward model chooses answers from then on, on every replica within 5 seconds.',
      reason: 'Reason',
      reasonHint: 'Kept in the audit log',
      done: (model: string) => `Rolled back ${model}`,
    },
  },
  vi: {
    title: 'Mô hình',
    about: 'Những gì đã được huấn luyện, tốt đến đâu, và mô hình nào đang chọn câu trả lời.',
    models: 'mô hình',
    trafficWhat: 'lưu lượng',
    empty: 'Chưa có mô hình nào',
    emptyAbout:
      'Hãy thu thập ít nhất 50 đánh giá, rồi chạy “attune prepare” và “attune train reward” để tạo mô hình đầu tiên.',
    statuses: {
      testing: 'đang thử',
      deployed: 'đã triển khai',
      deprecated: 'không nên dùng',
      archived: 'đã lưu trữ',
    },
    kinds: { reward: 'mô hình thưởng', policy: 'mô hình trả lời', safety: 'mô hình an toàn' },
    kind: (kind: string, base: string) => `${kind} trên nền ${base}`,
    metrics: { pair_accuracy: 'Độ chính xác theo cặp', auc: 'AUC', accuracy: 'Độ chính xác' },
    doubts: {
      worse_than_chance: 'Xếp hạng câu trả lời kém hơn ngẫu nhiên',
      not_better_than_chance: 'Chưa cho thấy tốt hơn ngẫu nhiên',
      not_better_than_length: 'Không tốt hơn việc chọn câu trả lời dài hơn',
    },
    traffic: 'Lưu lượng',
    noModel: 'không có mô hình thưởng',
    policyTraffic: 'Lưu lượng của mô hình trả lời',
    noPolicy: 'máy chủ nguồn',
    states: {
      ramping: 'đang tăng dần',
      complete: 'hoàn tất',
      rolled_back: 'đã thu về',
      superseded: 'đã được thay thế',
    },
    paused: 'tạm dừng',
    deployed: 'triển khai',
    step: (step: number, of: number) => `Bước ${step} trên ${of}`,
    next: (share: number, seconds: number, answers: number) =>
      `Tăng lên ${vietnamese.percent(share)} sau ${held(seconds, vietnamese, vietnameseUnits)} và ${vietnamese.plural(answers, { other: '# câu trả lời' })}, nếu không có ngưỡng bảo vệ nào bị chạm.`,
    rollBack: {
      action: 'Thu về',
      title: (model: string) => `Thu ${model} về?`,
      about: (model: string) => `Toàn bộ lưu lượng trở lại ${model}, trên mọi bản sao trong vòng 5 giây.`,
      aboutNone: 'Từ đó không có mô hình thưởng nào chọn câu trả lời, trên mọi bản sao trong vòng 5 giây.',
      reason: 'Lý do',
      reasonHint: 'Được giữ trong nhật ký kiểm toán',
      done: (model: string) => `Đã thu ${model} về`,
    },
  },
});
