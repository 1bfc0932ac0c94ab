import { catalogue } from '../../../text/catalogue.ts';

/** What the off-policy evaluation of a model says. */
export const text = catalogue({
  en: {
    title: 'What it would have had',
    about:
      'An estimate from the log before anybody sees it: which of the candidates it would have delivered, and how people received those where chance delivered them (off-policy evaluation).',
    days: 'Last days',
    estimate: 'Estimate',
    estimating: 'Estimating',
    metrics: { rating: 'Rating', satisfaction: 'Received well' },
    figures: 'What it would have had',
    metric: 'Figure',
    delivered: 'Delivered had',
    would: 'It would have had',
    gain: 'Gain',
    doublyRobust: 'Doubly robust',
    worth: 'Answers behind it',
    worthOf: (effective: string, answers: string) => `${effective} of ${answers} count`,
    figure: (value: string, low: string, high: string, n: string) => `${value} (${low} to ${high}, n = ${n})`,
    counts: (rated: string, drawn: string, trained: string, scored: string) =>
      `${rated} answers with feedback, ${drawn} drawn, ${trained} left out because it was trained on their questions, ${scored} scored.`,
    coverage: (covered: string, not: string, certain: string, alone: string) =>
      `The log covers ${covered}; on ${not} it would have delivered what could not be drawn, ${certain} were not left to chance, ${alone} had one candidate.`,
    agreement: (share: string, low: string, high: string, n: string) =>
      `It would have delivered the same on ${share} (${low} to ${high}, n = ${n}).`,
    refusals: {
      no_feedback: 'Nobody reacted to an answer in this time.',
      trained_on:
        'It was trained on the questions of these answers: an estimate would only show what it remembers. Take days after its training data.',
      no_choice: 'These answers had one candidate each: every model delivers the same.',
      no_overlap:
        'No estimate: what was delivered was never left to chance, so that nothing is known of the other candidates. Deliver a share of answers with the strategy “weighted” (ATTUNE_STRATEGY, or attune.strategy of a request).',
      not_covered:
        'No estimate: it would mostly deliver candidates that could not be drawn. A lower threshold (ATTUNE_THRESHOLD) leaves more of them in the draw.',
      too_few: 'Not enough data: too few answers were drawn at random as it would have chosen.',
    },
    warnings: {
      few_effective_rows: 'few answers carry the estimate',
      one_row_dominates: 'one answer carries much of it',
      weights_off_one: 'the logged probabilities do not fit what was delivered',
    },
    careful: (metric: string, warnings: string) => `Careful with “${metric}”: ${warnings}.`,
  },
  vi: {
    title: 'Kết quả lẽ ra sẽ có',
    about:
      'Ước lượng từ nhật ký trước khi có ai thấy: mô hình lẽ ra đã đưa ra câu trả lời nào, và người dùng đón nhận những câu ấy ra sao khi chúng được chọn ngẫu nhiên (đánh giá off-policy).',
    days: 'Số ngày gần đây',
    estimate: 'Ước lượng',
    estimating: 'Đang ước lượng',
    metrics: { rating: 'Đánh giá sao', satisfaction: 'Được đón nhận tốt' },
    figures: 'Kết quả lẽ ra sẽ có',
    metric: 'Chỉ số',
    delivered: 'Đã đưa ra',
    would: 'Lẽ ra sẽ có',
    gain: 'Chênh lệch',
    doublyRobust: 'Doubly robust',
    worth: 'Số câu trả lời làm cơ sở',
    worthOf: (effective: string, answers: string) => `${effective} trong ${answers} có trọng lượng`,
    figure: (value: string, low: string, high: string, n: string) =>
      `${value} (${low} đến ${high}, n = ${n})`,
    counts: (rated: string, drawn: string, trained: string, scored: string) =>
      `${rated} câu trả lời có phản hồi, rút ${drawn}, bỏ ${trained} vì mô hình đã học các câu hỏi ấy, chấm ${scored}.`,
    coverage: (covered: string, not: string, certain: string, alone: string) =>
      `Nhật ký bao phủ ${covered}; với ${not} câu mô hình sẽ đưa ra điều không thể được rút, ${certain} không để ngẫu nhiên, ${alone} chỉ có một ứng viên.`,
    agreement: (share: string, low: string, high: string, n: string) =>
      `Mô hình sẽ đưa ra cùng câu trả lời ở ${share} (${low} đến ${high}, n = ${n}).`,
    refusals: {
      no_feedback: 'Không ai phản hồi câu trả lời nào trong thời gian này.',
      trained_on:
        'Mô hình đã học các câu hỏi này: ước lượng chỉ cho thấy điều nó nhớ. Hãy chọn những ngày sau dữ liệu huấn luyện.',
      no_choice: 'Mỗi câu trả lời chỉ có một ứng viên: mô hình nào cũng đưa ra như nhau.',
      no_overlap:
        'Không có ước lượng: việc chọn chưa bao giờ để ngẫu nhiên nên không biết gì về các ứng viên khác. Hãy đưa ra một phần câu trả lời bằng chiến lược “weighted” (ATTUNE_STRATEGY, hoặc attune.strategy của yêu cầu).',
      not_covered:
        'Không có ước lượng: mô hình chủ yếu sẽ đưa ra các ứng viên không thể được rút. Ngưỡng thấp hơn (ATTUNE_THRESHOLD) giữ lại nhiều ứng viên hơn.',
      too_few: 'Chưa đủ dữ liệu: quá ít câu trả lời được rút ngẫu nhiên đúng như mô hình sẽ chọn.',
    },
    warnings: {
      few_effective_rows: 'ít câu trả lời quyết định ước lượng',
      one_row_dominates: 'một câu trả lời chiếm phần lớn',
      weights_off_one: 'xác suất đã ghi không khớp với những gì đã đưa ra',
    },
    careful: (metric: string, warnings: string) => `Thận trọng với “${metric}”: ${warnings}.`,
  },
});
