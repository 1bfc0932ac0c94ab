import type { CardLanguage } from '@attune/contracts';

/** What a card says beside what is the data set's own. Figures come written, as every language writes them alike. */
export interface CardWords {
  readonly type: string;
  readonly samples: string;
  readonly pairs: string;
  readonly quality: string;
  readonly curator: string;
  readonly created: string;
  readonly hash: string;
  readonly madeFrom: string;
  readonly byHand: string;
  readonly splits: string;
  readonly sides: Readonly<Record<string, string>>;
  readonly split: (rows: number, queries: number) => string;
  readonly figures: string;
  readonly kept: string;
  readonly good: string;
  readonly alpha: string;
  readonly length: string;
  readonly longer: string;
  readonly leaks: string;
  readonly nearLeaks: string;
  readonly pii: string;
  readonly limitations: string;
  readonly noLimitations: string;
  readonly notEnough: string;
  readonly unknownShare: string;
  readonly notes: {
    readonly few: (rows: number) => string;
    readonly longer: (share: string, n: number) => string;
    readonly nearLeaks: (count: number) => string;
    readonly laterTurns: (count: number) => string;
    readonly pii: (found: number, rows: number) => string;
    readonly alpha: (value: string, n: number) => string;
    readonly noAlpha: string;
    readonly dropped: (reasons: string) => string;
  };
}

/** A card's words by language. */
export const cardWords: Readonly<Record<CardLanguage, CardWords>> = {
  en: {
    type: 'Type',
    samples: 'Samples',
    pairs: 'Pairs',
    quality: 'Quality score',
    curator: 'Curator',
    created: 'Created',
    hash: 'Content hash (SHA-256)',
    madeFrom: 'Made from',
    byHand: 'feedback chosen by hand or by the preparation',
    splits: 'Splits',
    sides: {},
    split: (rows, queries) => `${rows} rows, ${queries} queries`,
    figures: 'Figures',
    kept: 'Considered, kept',
    good: 'Good ratings (4 or 5)',
    alpha: 'Agreement (Krippendorff’s alpha)',
    length: 'Length with rating (Spearman)',
    longer: 'Chosen answer is longer',
    leaks: 'Queries on both sides',
    nearLeaks: 'Nearly the same queries on both sides',
    pii: 'Personal data found',
    limitations: 'Limitations',
    noLimitations: 'None that the report can tell.',
    notEnough: 'not enough data',
    unknownShare: 'an unknown share',
    notes: {
      few: (rows) => `The validation side has ${rows} rows: expect wide intervals.`,
      longer: (share, n) =>
        `Chosen answers are longer in ${share} of the pairs (n = ${n}): a model may learn length.`,
      nearLeaks: (count) =>
        `${count} queries of the validation side nearly stand in training too: figures on it will flatter.`,
      laterTurns: (count) =>
        `${count} rows are later turns of conversations; linear reward models do not read what was said before.`,
      pii: (found, rows) =>
        `${found} pieces of personal data in ${rows} rows; exports mask them unless told otherwise.`,
      alpha: (value, n) => `People agree little about the answers (alpha ${value}, n = ${n}).`,
      noAlpha: 'No answer was rated by two people: how far they would agree is unknown.',
      dropped: (reasons) => `Left out: ${reasons}.`,
    },
  },
  vi: {
    type: 'Loại',
    samples: 'Số mẫu',
    pairs: 'Số cặp',
    quality: 'Điểm chất lượng',
    curator: 'Người duyệt',
    created: 'Tạo lúc',
    hash: 'Mã băm nội dung (SHA-256)',
    madeFrom: 'Lấy từ',
    byHand: 'phản hồi được chọn bằng tay hoặc bởi bước chuẩn bị',
    splits: 'Chia tập',
    sides: { train: 'huấn luyện', validation: 'kiểm định' },
    split: (rows, queries) => `${rows} dòng, ${queries} câu hỏi`,
    figures: 'Số liệu',
    kept: 'Đã xét, giữ lại',
    good: 'Đánh giá tốt (4 hoặc 5)',
    alpha: 'Mức đồng thuận (alpha của Krippendorff)',
    length: 'Độ dài và điểm (Spearman)',
    longer: 'Câu được chọn dài hơn',
    leaks: 'Câu hỏi có ở cả hai phía',
    nearLeaks: 'Câu hỏi gần giống nhau ở hai phía',
    pii: 'Dữ liệu cá nhân tìm thấy',
    limitations: 'Hạn chế',
    noLimitations: 'Báo cáo không cho thấy hạn chế nào.',
    notEnough: 'chưa đủ dữ liệu',
    unknownShare: 'một tỉ lệ chưa rõ',
    notes: {
      few: (rows) => `Phía kiểm định chỉ có ${rows} dòng: khoảng tin cậy sẽ rộng.`,
      longer: (share, n) =>
        `Câu được chọn dài hơn trong ${share} số cặp (n = ${n}): mô hình có thể học theo độ dài.`,
      nearLeaks: (count) =>
        `${count} câu hỏi phía kiểm định gần như có trong tập huấn luyện: số liệu trên đó sẽ đẹp hơn thực tế.`,
      laterTurns: (count) =>
        `${count} dòng là các lượt sau của hội thoại; mô hình tuyến tính không đọc những gì đã nói trước đó.`,
      pii: (found, rows) =>
        `${found} chỗ có dữ liệu cá nhân trong ${rows} dòng; khi xuất sẽ được che trừ khi bạn chọn khác.`,
      alpha: (value, n) => `Mọi người ít đồng thuận về các câu trả lời (alpha ${value}, n = ${n}).`,
      noAlpha: 'Không câu trả lời nào được hai người đánh giá: chưa biết họ đồng thuận đến đâu.',
      dropped: (reasons) => `Đã bỏ: ${reasons}.`,
    },
  },
};
