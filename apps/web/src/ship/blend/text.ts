import { catalogue } from '../../text/catalogue.ts';

/** What is said of blending two reward models. */
export const text = catalogue({
  en: {
    title: 'Blend with another model',
    about:
      'Two models that know different things score better together. The blend is weighed and measured on held-out questions that neither has seen, and registered as testing.',
    other: 'Other reward model',
    dataset: 'Data set whose held-out questions are taken',
    action: 'Blend',
    working: 'Scoring with both…',
    made: (blend: string, weight: string, model: string) =>
      `${blend} is registered; ${weight} of it is ${model}.`,
    gain: 'Pair accuracy gained',
    interval: '95 % interval',
    against: 'Compared with',
    recommended: 'Recommended: it is better than both, each interval above zero.',
    notRecommended:
      'Not recommended: an interval of a gain reaches zero, so it may be no better than one of the two alone.',
    excluded: (rows: string) => `Rows left out because a model was trained on their question: ${rows}.`,
  },
  vi: {
    title: 'Trộn với một mô hình khác',
    about:
      'Hai mô hình biết những điều khác nhau thì chấm cùng nhau tốt hơn. Bản trộn được cân và đo trên các câu hỏi giữ riêng mà cả hai chưa thấy, rồi đăng ký là đang thử.',
    other: 'Mô hình thưởng kia',
    dataset: 'Bộ dữ liệu có các câu hỏi giữ riêng được dùng',
    action: 'Trộn',
    working: 'Đang chấm bằng cả hai…',
    made: (blend: string, weight: string, model: string) =>
      `Đã đăng ký ${blend}; ${weight} trong đó là ${model}.`,
    gain: 'Độ chính xác theo cặp tăng thêm',
    interval: 'Khoảng 95 %',
    against: 'So với',
    recommended: 'Nên dùng: tốt hơn cả hai, cả hai khoảng đều trên không.',
    notRecommended:
      'Chưa nên dùng: một khoảng chạm tới không, nên có thể không tốt hơn một trong hai mô hình riêng lẻ.',
    excluded: (rows: string) =>
      `Số dòng bị bỏ vì câu hỏi đã có trong dữ liệu huấn luyện của một mô hình: ${rows}.`,
  },
});
